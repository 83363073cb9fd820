package cofre.stream;

import cofre.source.ObjectAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * The attributes in an object's bonus. ZFS writes the first ones of every file and directory in one order, on which its own
 * quota code relies; what is no file's, or does not look like it, has no attributes here.
 */
final class SystemAttributes {
    /** DMU_OT_SA: attributes in ZFS's own flexible form. Older file systems (version 4) have others. */
    private static final long SYSTEM_ATTRIBUTES = 44;

    private static final int MAGIC = 0x2F505A;

    private static final int MODE = 0;
    private static final int SIZE = 8;
    private static final int GENERATION = 16;
    private static final int UID = 24;
    private static final int GID = 32;
    private static final int PARENT = 40;
    private static final int FLAGS = 48;
    private static final int ATIME = 56;
    private static final int MTIME = 72;
    private static final int CTIME = 88;
    private static final int CRTIME = 104;
    private static final int LINKS = 120;
    private static final int END = 128;

    /** Z_XATTR in the flags. */
    private static final long IS_ATTRIBUTE = 1;

    private static final int TYPE_BITS = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int[] TIMES = {ATIME, MTIME, CTIME, CRTIME};

    private SystemAttributes() {}

    /**
     * Reads them.
     *
     * @param length how many bytes of {@code bonus} count
     * @param bonusType what the record says is in it
     * @param objectType {@link SendStreamReader#PLAIN_FILE} or {@link SendStreamReader#DIRECTORY}
     */
    static Optional<ObjectAttributes> of(byte[] bonus, int length, long bonusType, long objectType, ByteOrder order) {
        ByteBuffer all = ByteBuffer.wrap(bonus, 0, length).order(order);
        if (bonusType != SYSTEM_ATTRIBUTES || length < 8 || all.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        int header = ((all.getShort(4) >> 10) & 0x3f) * 8;
        if (header < 8 || header + END > length) {
            return Optional.empty();
        }
        ByteBuffer at = all.slice(header, END).order(order);
        return isSane(at, objectType) ? Optional.of(attributes(at)) : Optional.empty();
    }

    private static boolean isSane(ByteBuffer at, long objectType) {
        long mode = at.getLong(MODE);
        int type = (int) mode & TYPE_BITS;
        boolean fits = (type == DIRECTORY) == (objectType == SendStreamReader.DIRECTORY);
        boolean sane = fits && type != 0 && mode >>> 16 == 0 && at.getLong(SIZE) >= 0 && at.getLong(GENERATION) > 0;
        sane &= at.getLong(PARENT) > 0 && at.getLong(PARENT) < StreamRecord.MAX_OBJECTS && at.getLong(LINKS) >= 0;
        for (int time : TIMES) {
            long nanos = at.getLong(time + 8);
            long seconds = at.getLong(time);
            sane &= nanos >= 0 && nanos < 1_000_000_000;
            sane &= seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond();
        }
        return sane;
    }

    private static ObjectAttributes attributes(ByteBuffer at) {
        return new ObjectAttributes(
                (int) at.getLong(MODE),
                at.getLong(SIZE),
                at.getLong(GENERATION),
                at.getLong(UID),
                at.getLong(GID),
                at.getLong(PARENT),
                (at.getLong(FLAGS) & IS_ATTRIBUTE) != 0,
                time(at, MTIME),
                time(at, CTIME),
                at.getLong(LINKS));
    }

    private static Instant time(ByteBuffer at, int offset) {
        return Instant.ofEpochSecond(at.getLong(offset), at.getLong(offset + 8));
    }
}
