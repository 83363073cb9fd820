package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;

/**
 * How the kernel lays out an entry of a directory. Inode (8 bytes at 0), record length (2 at 16) and type (1 at 18) are
 * in the same place on both systems.
 *
 * @param nameAt where the name begins
 * @param nameLengthAt where its length is (2 bytes), or -1 when it ends with NUL
 */
record DirentFormat(int nameAt, int nameLengthAt) {
    private static final int INODE_AT = 0;
    private static final int LENGTH_AT = 16;
    private static final int TYPE_AT = 18;

    long inode(ByteBuffer batch, int at) {
        return batch.getLong(at + INODE_AT);
    }

    FileKind kind(ByteBuffer batch, int at) {
        return FileKind.ofDirent(batch.get(at + TYPE_AT));
    }

    /** Length of the entry at {@code at}, checked to lie before {@code end} and to hold at least one byte of name. */
    int length(ByteBuffer batch, int at, int end, Object dir) throws PosixException {
        int length = at + nameAt < end ? batch.getShort(at + LENGTH_AT) & 0xffff : 0;
        if (length <= nameAt || at + length > end) {
            throw new PosixException(
                    Errno.EIO,
                    "list",
                    Calls.describe(dir),
                    "entry of " + length + " bytes vs " + (end - at) + " left in the batch");
        }
        return length;
    }

    /** Length of the name of an entry whose own length is {@code length}. */
    int nameLength(ByteBuffer batch, int at, int length) {
        int most = length - nameAt;
        if (nameLengthAt >= 0) {
            return Math.min(batch.getShort(at + nameLengthAt) & 0xffff, most);
        }
        int count = 0;
        while (count < most && batch.get(at + nameAt + count) != 0) {
            count++;
        }
        return count;
    }

    /** Whether the entry is to be shown: neither the directory itself, its parent, nor a deleted entry. */
    boolean isShown(ByteBuffer batch, int at, int nameLength) {
        boolean self = nameLength == 1 && batch.get(at + nameAt) == '.';
        boolean parent = nameLength == 2 && batch.get(at + nameAt) == '.' && batch.get(at + nameAt + 1) == '.';
        // FreeBSD's getdirentries may leave deleted entries in place, marked by inode 0.
        return !self && !parent && (nameLengthAt < 0 || inode(batch, at) != 0);
    }

    /** The name, cut from the heap copy of the batch; a name no system may hand out is an I/O error, not a skip. */
    RawName name(byte[] heap, int at, int nameLength, Object dir) throws PosixException {
        try {
            return RawName.of(heap, at + nameAt, nameLength);
        } catch (IllegalArgumentException e) {
            throw new PosixException(Errno.EIO, "list", Calls.describe(dir), e.getMessage());
        }
    }
}
