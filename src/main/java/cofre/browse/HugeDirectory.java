package cofre.browse;

import cofre.format.FormatException;
import cofre.format.Node;
import cofre.format.TreeReader;
import cofre.path.RawName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directory of very many entries: only their names are in memory, and nodes of the parts looked at last. A hundred thousand
 * nodes would be 45 MB, a million 450 MB; their names are 3 and 30. Going through it in order reads its tree once for each
 * part.
 */
final class HugeDirectory implements Directory {
    private static final int PART = 2048;
    private static final int PARTS_KEPT = 2;
    private static final byte[] BEGIN = "{\"nodes\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final int NODE = 500;

    private final Plain tree;
    private final byte[] names;
    private final int[] nameStarts; // one more than entries
    private final int[] partStarts; // in the tree's bytes; one more than parts
    private final WeightedCache<Integer, List<Node>> parts = new WeightedCache<>(PARTS_KEPT, part -> 1);

    private HugeDirectory(Plain tree, byte[] names, int[] nameStarts, int[] partStarts) {
        this.tree = tree;
        this.names = names;
        this.nameStarts = nameStarts;
        this.partStarts = partStarts;
    }

    static HugeDirectory of(byte[] bytes, Plain again) throws FormatException {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        int[] nameStarts = new int[2 * HUGE];
        int[] partStarts = new int[HUGE];
        int count = 0;
        TreeReader reader = new TreeReader(bytes);
        while (reader.hasNext()) {
            if (count % PART == 0) {
                partStarts[count / PART] = reader.offset();
            }
            names.writeBytes(reader.next().name().bytes());
            count++;
            if (count == nameStarts.length) {
                nameStarts = Arrays.copyOf(nameStarts, 2 * count);
            }
            nameStarts[count] = names.size();
        }
        int parts = (count + PART - 1) / PART;
        partStarts[parts] = bytes.length;
        return new HugeDirectory(
                again, names.toByteArray(), Arrays.copyOf(nameStarts, count + 1), Arrays.copyOf(partStarts, parts + 1));
    }

    @Override
    public long weight() {
        return names.length + 4L * nameStarts.length + 4L * partStarts.length + (long) PARTS_KEPT * PART * NODE;
    }

    @Override
    public int count() {
        return nameStarts.length - 1;
    }

    @Override
    public int find(RawName name) {
        byte[] wanted = name.bytes();
        return Directory.search(
                count(),
                i -> Arrays.compareUnsigned(names, nameStarts[i], nameStarts[i + 1], wanted, 0, wanted.length));
    }

    @Override
    public Node node(int position) throws BrowseException {
        int part = position / PART;
        List<Node> there = parts.get(part).orElse(null);
        if (there == null) {
            there = read(part, tree.get());
            parts.put(part, there);
        }
        return there.get(position % PART);
    }

    /** One part as a tree of its own. */
    private List<Node> read(int part, byte[] bytes) throws BrowseException {
        boolean isLast = part == partStarts.length - 2;
        int from = partStarts[part];
        int to = partStarts[part + 1];
        while (!isLast && bytes[to - 1] != ',') {
            to--;
        }
        byte[] end = isLast ? new byte[0] : END;
        int length = (isLast ? to : to - 1) - from;
        byte[] alone = new byte[BEGIN.length + length + end.length];
        System.arraycopy(BEGIN, 0, alone, 0, BEGIN.length);
        System.arraycopy(bytes, from, alone, BEGIN.length, length);
        System.arraycopy(end, 0, alone, BEGIN.length + length, end.length);
        List<Node> nodes = new ArrayList<>(PART);
        all(alone, (position, node) -> nodes.add(node));
        return nodes;
    }

    @Override
    public void each(Visitor visitor) throws BrowseException {
        all(tree.get(), visitor);
    }

    private static void all(byte[] bytes, Visitor visitor) throws BrowseException {
        try {
            TreeReader reader = new TreeReader(bytes);
            for (int i = 0; reader.hasNext(); i++) {
                visitor.entry(i, reader.next());
            }
        } catch (FormatException e) { // it was sound when it was read first, and its hash was right now
            throw new BrowseException.Damaged("cannot read directory: " + e.getMessage(), e);
        }
    }
}
