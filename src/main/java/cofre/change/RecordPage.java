package cofre.change;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * One page of a file of records: 255 records of two longs, then the page's number, a tag that tells the file's kind, and
 * a CRC-32C of all of that. A page that was written elsewhere, or of another file, does not pass either.
 */
final class RecordPage {
    static final int BYTES = 4096;
    static final int RECORDS = 255;
    private static final int RECORD_BYTES = 16;
    private static final int NUMBER_AT = RECORDS * RECORD_BYTES;
    private static final int TAG_AT = NUMBER_AT + Long.BYTES;
    private static final int CRC_AT = TAG_AT + Integer.BYTES;

    final long number;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private boolean dirty;

    /** An empty page. */
    RecordPage(long number, int tag) {
        this.number = number;
        bytes.putLong(NUMBER_AT, number);
        bytes.putInt(TAG_AT, tag);
    }

    long first(int record) {
        return bytes.getLong(record * RECORD_BYTES);
    }

    long second(int record) {
        return bytes.getLong(record * RECORD_BYTES + Long.BYTES);
    }

    void put(int record, long first, long second) {
        bytes.putLong(record * RECORD_BYTES, first);
        bytes.putLong(record * RECORD_BYTES + Long.BYTES, second);
        dirty = true;
    }

    /** The first record from {@code from} on whose first long is not 0, or -1. */
    int nextUsed(int from) {
        for (int i = from; i < RECORDS; i++) {
            if (first(i) != 0) {
                return i;
            }
        }
        return -1;
    }

    boolean isDirty() {
        return dirty;
    }

    void clean() {
        dirty = false;
    }

    /** All of it as it goes to disk. */
    ByteBuffer sealed() {
        bytes.putInt(CRC_AT, crc());
        return bytes.duplicate().rewind();
    }

    /** All of it, to be filled from disk; {@link #isWhole} must follow. */
    ByteBuffer raw() {
        return bytes.duplicate().rewind();
    }

    /** Whether what was read is what was written as this page of this kind of file. */
    boolean isWhole(int tag) {
        return bytes.getInt(CRC_AT) == crc() && bytes.getLong(NUMBER_AT) == number && bytes.getInt(TAG_AT) == tag;
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, CRC_AT);
        return (int) crc.getValue();
    }
}
