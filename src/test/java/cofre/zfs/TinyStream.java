package cofre.zfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A send stream that tells one thing: objects 5 to 31 are not in use. */
final class TinyStream {
    private static final int RECORD = 312;

    private TinyStream() {}

    /** Of the two snapshots with these guids; one char per byte. */
    static String between(String fromGuid, String toGuid) {
        ByteBuffer all = ByteBuffer.allocate(3 * RECORD).order(ByteOrder.LITTLE_ENDIAN);
        long from = Long.parseUnsignedLong(fromGuid);
        long to = Long.parseUnsignedLong(toGuid);
        all.putLong(8, 0x2F5bacbacL)
                .putLong(16, 1)
                .putInt(32, 2)
                .putLong(40, to)
                .putLong(48, from);
        all.putInt(RECORD, 2).putLong(RECORD + 8, 5).putLong(RECORD + 16, 27).putLong(RECORD + 24, to);
        all.putInt(2 * RECORD, 5).putLong(2 * RECORD + 40, to);
        sums(all, 2 * RECORD - 32, 2 * RECORD - 32);
        sums(all, 2 * RECORD, 2 * RECORD + 8);
        sums(all, 3 * RECORD - 32, 3 * RECORD - 32);
        return new String(all.array(), StandardCharsets.ISO_8859_1);
    }

    /** Writes at {@code at} the checksum of all before {@code end}. */
    private static void sums(ByteBuffer all, int end, int at) {
        long[] sums = new long[4];
        for (int word = 0; word < end; word += 4) {
            sums[0] += all.getInt(word) & 0xffff_ffffL;
            sums[1] += sums[0];
            sums[2] += sums[1];
            sums[3] += sums[2];
        }
        for (int i = 0; i < 4; i++) {
            all.putLong(at + 8 * i, sums[i]);
        }
    }
}
