package cofre.change;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The head of a catalogue: that it is valid, and for what. Kept in a file of its own that is there only while the
 * catalogue is whole.
 *
 * @param point the restore point's id, at most {@value #MAX_ID} characters
 * @param viewId the frozen view's id, at most {@value #MAX_ID} characters
 * @param objects pages of the objects' file
 * @param links pages of the links' file
 * @param usedCells cells that were ever in use
 * @param freeCell first cell of those given back, 0 for none
 * @param listAgain directories to be listed again next time
 * @param facts what else is to be known next time
 */
record CatalogueHead(
        String point,
        String viewId,
        ObjectSet objects,
        ObjectSet links,
        long usedCells,
        long freeCell,
        List<Long> listAgain,
        Map<String, String> facts) {
    static final int MAX_ID = 64;
    /** More than the head of the largest catalogue there can be, and little enough to be read at once. */
    static final long MAX_BYTES = 64L << 20;

    private static final long MAGIC = 0x636f667265436174L; // "cofreCat"
    private static final int VERSION = 1;
    /** Pages of 4 KiB of the largest file, and room to spare. */
    private static final long MAX_RUN = 1L << 30;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeLong(MAGIC);
            out.writeInt(VERSION);
            text(out, point);
            text(out, viewId);
            set(out, objects);
            set(out, links);
            out.writeLong(usedCells);
            out.writeLong(freeCell);
            out.writeInt(listAgain.size());
            for (long dir : listAgain) {
                out.writeLong(dir);
            }
            out.writeInt(facts.size());
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                text(out, fact.getKey());
                text(out, fact.getValue());
            }
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** The head these bytes are; empty when they are damaged or of a version unknown here. */
    static Optional<CatalogueHead> decode(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 0 || ByteBuffer.wrap(bytes).getInt(end) != crc(bytes, end)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
        try {
            if (in.getLong() != MAGIC || in.getInt() != VERSION) {
                return Optional.empty();
            }
            return Optional.of(new CatalogueHead(
                    text(in), text(in), set(in), set(in), in.getLong(), in.getLong(), numbers(in), facts(in)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[count(in, 1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As runs, each its first number and its length, a length of 0 at the end: pages are mostly one run. */
    private static void set(DataOutputStream out, ObjectSet set) throws IOException {
        long first = set.next(0);
        while (first >= 0) {
            long last = first;
            while (set.contains(last + 1)) {
                last++;
            }
            out.writeLong(first);
            out.writeLong(last - first + 1);
            first = set.next(last + 1);
        }
        out.writeLong(0);
        out.writeLong(0);
    }

    private static ObjectSet set(ByteBuffer in) {
        ObjectSet set = new ObjectSet();
        long first = in.getLong();
        for (long length = in.getLong(); length != 0; length = in.getLong()) {
            if (length < 0 || length > MAX_RUN) {
                throw new IllegalArgumentException("cannot read a run of pages: " + length + " vs 1 to " + MAX_RUN);
            }
            for (long i = 0; i < length; i++) {
                set.add(first + i);
            }
            first = in.getLong();
        }
        return set;
    }

    private static List<Long> numbers(ByteBuffer in) {
        int count = count(in, Long.BYTES);
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.getLong());
        }
        return List.copyOf(numbers);
    }

    private static Map<String, String> facts(ByteBuffer in) {
        Map<String, String> facts = new TreeMap<>();
        for (int left = count(in, 2 * Integer.BYTES); left > 0; left--) {
            facts.put(text(in), text(in));
        }
        return Map.copyOf(facts);
    }

    private static int count(ByteBuffer in, int each) {
        int count = in.getInt();
        if (count < 0 || (long) count * each > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return count;
    }
}
