package cofre.format;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes one directory after another as tree blobs, byte for byte as restic writes nodes with the same fields; times in
 * UTC, so that a tree's id does not depend on the server's time zone.
 *
 * <p>Reusable and not thread-safe: keep one per worker, its buffer grows to the largest directory met.
 */
public final class TreeEncoder {
    private static final byte[] BEGIN = "{\"nodes\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}\n".getBytes(StandardCharsets.US_ASCII); // the line feed is hashed too
    private static final int FIRST_CAPACITY = 64 * 1024;
    private static final int KEPT_CAPACITY = 4 * 1024 * 1024;

    private JsonBytes out;
    private NodeJson json;
    private Optional<RawName> last = Optional.empty();

    /** An encoder with an empty directory begun. */
    public TreeEncoder() {
        begin();
    }

    /**
     * Adds an entry.
     *
     * @throws FormatException when the directory's blob would be larger than {@link TreeCodec#MAX_BYTES}, or an extended
     *     attribute than {@link TreeCodec#MAX_XATTR}, which no reader of ours accepts; the entry is not added
     * @throws IllegalArgumentException when the name does not come after the one before
     */
    public void add(Node node) throws FormatException {
        if (last.isPresent() && last.get().compareTo(node.name()) >= 0) {
            throw new IllegalArgumentException("cannot add \"" + node.name() + "\" to a tree: it comes after \""
                    + last.get() + "\" vs strictly ascending names");
        }
        int before = out.length();
        checkRoom(node, before + NodeJson.leastLength(node));
        if (before > BEGIN.length) {
            out.raw(',');
        }
        json.write(node);
        if (out.length() > TreeCodec.MAX_BYTES - END.length) {
            out.truncate(before);
            checkRoom(node, TreeCodec.MAX_BYTES);
        }
        last = Optional.of(node.name());
    }

    /** Called before there is memory spent, too. */
    private static void checkRoom(Node node, long length) throws FormatException {
        if (length > TreeCodec.MAX_BYTES - END.length) {
            throw new FormatException("cannot write tree: over " + TreeCodec.MAX_BYTES + " bytes with \"" + node.name()
                    + "\" vs at most that; split the directory, or the file");
        }
        for (Xattr xattr : node.metadata().xattrs()) {
            if (xattr.length() > TreeCodec.MAX_XATTR) {
                throw new FormatException("cannot write tree: an extended attribute of \"" + node.name() + "\" has "
                        + xattr.length() + " bytes vs at most " + TreeCodec.MAX_XATTR);
            }
        }
    }

    /** The blob's plain bytes; the next directory is begun. */
    public byte[] finish() {
        byte[] tree = out.raw(END).toByteArray();
        if (tree.length > KEPT_CAPACITY) {
            begin();
        } else {
            out.truncate(BEGIN.length);
            last = Optional.empty();
        }
        return tree;
    }

    private void begin() {
        out = new JsonBytes(FIRST_CAPACITY).raw(BEGIN);
        json = new NodeJson(out);
        last = Optional.empty();
    }
}
