package cofre.browse;

import cofre.format.FormatException;
import cofre.format.Node;
import cofre.format.TreeReader;
import cofre.path.RawName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A directory that was read and found sound. Thread-safe. */
sealed interface Directory permits SmallDirectory, HugeDirectory {
    /** From this many entries on it is not held as a whole. */
    int HUGE = 8192;

    /** Gives a tree's plain bytes once more. */
    interface Plain {
        byte[] get() throws BrowseException;
    }

    /** Gets the entries. */
    interface Visitor {
        void entry(int position, Node node);
    }

    /** About how many bytes of memory it takes. */
    long weight();

    /** Number of entries. */
    int count();

    /** Which entry has the name; negative when none has. */
    int find(RawName name);

    /** An entry. */
    Node node(int position) throws BrowseException;

    /** Shows all entries in their order. */
    void each(Visitor visitor) throws BrowseException;

    /** Reads a tree. */
    static Directory of(byte[] tree, Plain again) throws FormatException {
        List<Node> nodes = new ArrayList<>();
        TreeReader reader = new TreeReader(tree);
        while (reader.hasNext()) {
            nodes.add(reader.next());
            if (nodes.size() > HUGE) {
                return HugeDirectory.of(tree, again);
            }
        }
        return new SmallDirectory(List.copyOf(nodes));
    }

    /** Where in a sorted order something is; {@code compare} tells how what is there stands to it. Negative for nowhere. */
    static int search(int count, IntUnaryOperator compare) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare.applyAsInt(middle);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
