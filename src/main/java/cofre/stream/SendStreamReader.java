package cofre.stream;

import cofre.source.ChangeListener;
import cofre.source.ChangeListener.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads one incremental stream from its first byte to its last and tells a listener what changed. Believes nothing: every
 * length is bounded before it is used, every byte is in the checksum. For one use.
 *
 * <p>Refused are streams that were not asked for: of volumes, of several snapshots, resumed, redacted, deduplicated, raw, or
 * with features that are not known.
 */
public final class SendStreamReader {
    /** DMU_OT_PLAIN_FILE_CONTENTS: whatever is no directory, symbolic links and devices as well. */
    static final long PLAIN_FILE = 19;

    /** DMU_OT_DIRECTORY_CONTENTS. */
    static final long DIRECTORY = 20;

    /** The largest dnode, which holds the bonus: 32 slots of 512 bytes. */
    private static final int MAX_BONUS = 16 << 10;

    /** DRR_SPILL_UNMODIFIED. */
    private static final int UNMODIFIED = 1 << 2;

    /** FREE with this length has no end. */
    private static final long TO_THE_END = -1;

    private final long fromGuid;
    private final long toGuid;
    private final ChangeListener listener;
    private final StreamRecord record = new StreamRecord();
    private final byte[] bonus = new byte[MAX_BONUS];
    private boolean unmodifiedSpillsAreTold;

    /**
     * A reader of the stream between these two.
     *
     * @param fromGuid guid of the earlier snapshot, unsigned
     * @param toGuid guid of the later one, unsigned
     */
    public SendStreamReader(long fromGuid, long toGuid, ChangeListener listener) {
        this.fromGuid = fromGuid;
        this.toGuid = toGuid;
        this.listener = listener;
    }

    /**
     * Reads all of it. When this returns the stream was whole, undamaged and the one between the two snapshots.
     *
     * @throws BadStreamException when it was not; nothing that was told may be used
     * @throws IOException when {@code stream} cannot be read
     */
    public void read(InputStream stream) throws IOException {
        StreamInput in = new StreamInput(stream);
        Fletcher4 sum = StreamHeader.read(in, record, fromGuid, toGuid);
        unmodifiedSpillsAreTold = StreamHeader.tellsUnmodifiedSpills(record);
        record.take(in, sum);
        while (record.type() != StreamRecord.END) {
            next(in);
            record.take(in, sum);
        }
        checkGuid(40);
        if (!in.isAtEnd()) {
            throw new BadStreamException(in.offset(), "more bytes", "the end of the stream after its last record");
        }
    }

    private void next(StreamInput in) throws IOException {
        switch (record.type()) {
            case StreamRecord.OBJECT -> object(in);
            case StreamRecord.FREE_OBJECTS -> freeObjects();
            case StreamRecord.WRITE -> write(in);
            case StreamRecord.FREE -> free();
            case StreamRecord.SPILL -> spill(in);
            case StreamRecord.WRITE_EMBEDDED -> writeEmbedded(in);
            default ->
                throw record.bad(
                        "a record of type " + record.type(), "one of those of a plain stream of a file system");
        }
    }

    private void object(StreamInput in) throws IOException {
        checkGuid(40);
        long object = record.object();
        long type = record.within(record.u32(16), 1, 255, "object type");
        int length = (int) record.within(record.u32(28), 0, MAX_BONUS, "bonus length");
        if (record.u32(36) != 0) {
            throw record.bad("an encrypted bonus", "a plain one");
        }
        in.takePayload(bonus, (length + 7) & ~7);
        if (type != PLAIN_FILE && type != DIRECTORY) {
            listener.object(object, Kind.INTERNAL, Optional.empty());
            return;
        }
        listener.object(
                object,
                type == DIRECTORY ? Kind.DIRECTORY : Kind.FILE,
                SystemAttributes.of(bonus, length, record.u32(20), type, record.order()));
    }

    private void freeObjects() throws BadStreamException {
        checkGuid(24);
        long first = record.within(record.u64(8), 0, StreamRecord.MAX_OBJECTS - 1, "first object number");
        long count = record.u64(16);
        if (Long.compareUnsigned(first + count, first) < 0) {
            throw record.bad(
                    Long.toUnsignedString(count) + " objects from " + first, "a last one that is a 64-bit number");
        }
        if (count != 0) {
            long possible = StreamRecord.MAX_OBJECTS - first;
            listener.freed(first, Long.compareUnsigned(count, possible) < 0 ? count : possible);
        }
    }

    private void write(StreamInput in) throws IOException {
        checkGuid(40);
        long length = record.within(record.u64(32), 1, StreamRecord.MAX_BLOCK, "length");
        boolean compressed = record.u8(50) != 0;
        long payload = record.payload(compressed ? record.u64(96) : length);
        written(record.object(), record.u64(24), length);
        in.skipPayload(payload);
    }

    private void writeEmbedded(StreamInput in) throws IOException {
        checkGuid(32);
        long length = record.within(record.u64(24), 1, StreamRecord.MAX_BLOCK, "length");
        long payload = record.payload((record.u32(52) + 7) & ~7L);
        written(record.object(), record.u64(16), length);
        in.skipPayload(payload);
    }

    /** The last block of the largest file possible reaches one byte beyond it. */
    private void written(long object, long offset, long length) throws BadStreamException {
        record.within(offset, 0, Long.MAX_VALUE - length + 1, "offset");
        listener.content(object, offset, Math.min(length, Long.MAX_VALUE - offset), false);
    }

    private void free() throws BadStreamException {
        checkGuid(32);
        long object = record.object();
        long offset = record.u64(16);
        long length = record.u64(24);
        if (length != TO_THE_END && Long.compareUnsigned(offset + length, offset) < 0) {
            throw record.bad(
                    "a hole of " + Long.toUnsignedString(length) + " bytes at " + Long.toUnsignedString(offset),
                    "one that ends at a 64-bit number");
        }
        if (length == 0 || offset < 0 || offset == Long.MAX_VALUE) {
            return; // Nothing, or all of it behind the largest file possible.
        }
        if (length == TO_THE_END) {
            listener.content(object, offset, Long.MAX_VALUE, true);
        } else {
            long possible = Math.min(Long.MAX_VALUE - offset, Long.MAX_VALUE - 1);
            listener.content(object, offset, length < 0 ? possible : Math.min(length, possible), true);
        }
    }

    private void spill(StreamInput in) throws IOException {
        checkGuid(24);
        long length = record.within(record.u64(16), 1, StreamRecord.MAX_BLOCK, "length");
        long stored = record.u64(40);
        long payload = record.payload(stored == 0 ? length : stored);
        long object = record.object();
        boolean unmodified = unmodifiedSpillsAreTold && (record.u8(32) & UNMODIFIED) != 0;
        if (!unmodified) {
            listener.spill(object);
        }
        in.skipPayload(payload);
    }

    /** All records name the snapshot the stream leads to. */
    private void checkGuid(int at) throws BadStreamException {
        if (record.u64(at) != toGuid) {
            throw record.bad(
                    "a record for the snapshot with guid " + Long.toUnsignedString(record.u64(at)),
                    Long.toUnsignedString(toGuid));
        }
    }
}
