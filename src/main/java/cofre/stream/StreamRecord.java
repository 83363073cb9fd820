package cofre.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The record at hand: its fields by their place, and the bounds all kinds share. All offsets are OpenZFS's {@code
 * dmu_replay_record}. For one thread.
 */
final class StreamRecord {
    static final int LENGTH = 312;

    static final int BEGIN = 0;
    static final int OBJECT = 1;
    static final int FREE_OBJECTS = 2;
    static final int WRITE = 3;
    static final int FREE = 4;
    static final int END = 5;
    static final int SPILL = 7;
    static final int WRITE_EMBEDDED = 8;

    /** DN_MAX_OBJECT: object numbers have 48 bits. */
    static final long MAX_OBJECTS = 1L << 48;

    /** SPA_MAXBLOCKSIZE: no block, and so no payload, is larger. */
    static final long MAX_BLOCK = 16 << 20;

    private static final int CHECKSUM = LENGTH - 32;

    private final byte[] bytes = new byte[LENGTH];
    private final ByteBuffer fields = ByteBuffer.wrap(bytes);
    private long offset;

    void order(ByteOrder order) {
        fields.order(order);
    }

    ByteOrder order() {
        return fields.order();
    }

    /** The next record, whatever it is. */
    void take(StreamInput in) throws IOException {
        offset = in.offset();
        in.takeRecord(bytes);
    }

    /** The next record, after comparing the checksum it carries. */
    void take(StreamInput in, Fletcher4 sum) throws IOException {
        take(in);
        if (type() == END) {
            check(sum, 8, "the checksum of the whole stream");
        }
        sum.add(bytes, 0, CHECKSUM);
        check(sum, CHECKSUM, "the checksum of all bytes so far");
        sum.add(bytes, CHECKSUM, LENGTH - CHECKSUM);
    }

    private void check(Fletcher4 sum, int at, String expected) throws BadStreamException {
        if (!sum.is(u64(at), u64(at + 8), u64(at + 16), u64(at + 24))) {
            throw bad("another checksum", expected);
        }
    }

    /** The record's kind, one of the constants here if known. */
    int type() {
        return fields.getInt(0);
    }

    /** The whole record counts, as for BEGIN, which has no checksum of its own. */
    void addTo(Fletcher4 sum) {
        sum.add(bytes, 0, LENGTH);
    }

    int u8(int at) {
        return bytes[at] & 0xff;
    }

    long u32(int at) {
        return fields.getInt(at) & 0xffff_ffffL;
    }

    long u64(int at) {
        return fields.getLong(at);
    }

    /** The object the record is of: all kinds but FREEOBJECTS and the two ends have it in one place. */
    long object() throws BadStreamException {
        return within(u64(8), 1, MAX_OBJECTS - 1, "object number");
    }

    /** {@code value}, when it is in the range; unsigned values beyond 63 bits are in none. */
    long within(long value, long min, long max, String what) throws BadStreamException {
        if (value < min || value > max) {
            throw bad(what + " " + Long.toUnsignedString(value), min + " to " + max);
        }
        return value;
    }

    /** {@code length}, when it may be a payload's. */
    long payload(long length) throws BadStreamException {
        within(length, 0, MAX_BLOCK, "payload length");
        if (length % Fletcher4.WORD != 0) {
            throw bad("a payload of " + length + " bytes", "a whole number of " + Fletcher4.WORD + "-byte words");
        }
        return length;
    }

    BadStreamException bad(String actual, String expected) {
        return new BadStreamException(offset, actual, expected);
    }
}
