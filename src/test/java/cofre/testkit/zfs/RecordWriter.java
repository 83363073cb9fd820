package cofre.testkit.zfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the records of a send stream ({@code dmu_replay_record}) with their running checksums. */
final class RecordWriter {
    static final int BEGIN = 0;
    static final int OBJECT = 1;
    static final int FREEOBJECTS = 2;
    static final int WRITE = 3;
    static final int FREE = 4;
    static final int END = 5;
    static final int SPILL = 7;

    /** Size of a record, and where the checksum of all that comes before is in it. */
    static final int RECORD = 312;

    static final int CHECKSUM = RECORD - 32;

    /** The end of an object, wherever it is. */
    static final long TO_THE_END = -1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Fletcher4 sum = new Fletcher4();
    private final ByteOrder order;
    private long freedObject;
    private long freedFrom;
    private long freedLength;
    private long goneFrom;
    private long goneCount;
    private final long toGuid;

    RecordWriter(ByteOrder order, long toGuid) {
        this.order = order;
        this.toGuid = toGuid;
    }

    /** An empty record; what is put into it begins at 8. */
    ByteBuffer record(int type) {
        return ByteBuffer.allocate(RECORD).order(order).putInt(type).putInt(0);
    }

    void begin(ByteBuffer record) {
        write(record, new byte[0]);
    }

    /** Adds one, after what is pending. */
    void add(ByteBuffer record, byte[] payload) {
        flush();
        write(record, payload);
    }

    /** Numbers not in use; those right behind one another become one record. */
    void freeObjects(long first, long count) {
        if (goneCount > 0 && goneFrom + goneCount == first) {
            goneCount += count;
            return;
        }
        flush();
        goneFrom = first;
        goneCount = count;
    }

    /** A hole; those right behind one another become one record, but for one to the end. */
    void free(long object, long from, long length) {
        if (freedLength > 0 && freedObject == object && freedFrom + freedLength == from && length > 0) {
            freedLength += length;
            return;
        }
        flush();
        if (length == TO_THE_END) {
            write(record(FREE).putLong(object).putLong(from).putLong(length).putLong(toGuid), new byte[0]);
            return;
        }
        freedObject = object;
        freedFrom = from;
        freedLength = length;
    }

    byte[] end() {
        flush();
        ByteBuffer record = record(END);
        for (long part : sum.sums()) {
            record.putLong(part);
        }
        write(record.putLong(toGuid), new byte[0]);
        return out.toByteArray();
    }

    private void flush() {
        if (freedLength > 0) {
            ByteBuffer record = record(FREE).putLong(freedObject).putLong(freedFrom);
            write(record.putLong(freedLength).putLong(toGuid), new byte[0]);
            freedLength = 0;
        }
        if (goneCount > 0) {
            write(record(FREEOBJECTS).putLong(goneFrom).putLong(goneCount).putLong(toGuid), new byte[0]);
            goneCount = 0;
        }
    }

    private void write(ByteBuffer record, byte[] payload) {
        byte[] bytes = new byte[RECORD];
        record.get(0, bytes);
        sum.update(bytes, 0, CHECKSUM, order);
        if (record.getInt(0) != BEGIN) {
            long[] sums = sum.sums();
            for (int i = 0; i < sums.length; i++) {
                ByteBuffer.wrap(bytes).order(order).putLong(CHECKSUM + 8 * i, sums[i]);
            }
        }
        sum.update(bytes, CHECKSUM, RECORD, order);
        sum.update(payload, 0, payload.length, order);
        out.writeBytes(bytes);
        out.writeBytes(payload);
    }
}
