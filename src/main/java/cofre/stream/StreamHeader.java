package cofre.stream;

import java.io.IOException;
import java.nio.ByteOrder;

/** The stream's first record: whether this is the stream that was asked for, and in a form that can be read. */
final class StreamHeader {
    private static final long MAGIC = 0x2F5bacbacL;

    /** A stream of one snapshot, not a package of several. */
    private static final long SUBSTREAM = 1;

    /** DMU_OST_ZFS: the stream of a file system, not of a volume. */
    private static final long FILE_SYSTEM = 2;

    /**
     * Features that change what is in a payload or nothing we look at: SA_SPILL 2, EMBED_DATA 16, LZ4 17, LARGE_BLOCKS 19,
     * COMPRESSED 22, LARGE_DNODE 23, ZSTD 25, SWITCH_TO_LARGE_BLOCKS 27, BLAKE3 28, LONGNAME 29, LARGE_MICROZAP 30. Not
     * among them, as they leave things out or hide them: DEDUP 0, DEDUPPROPS 1, RESUMING 20, REDACTED 21, RAW 24.
     */
    private static final long KNOWN_FEATURES = bits(2, 16, 17, 19, 22, 23, 25, 27, 28, 29, 30);

    /** DRR_FLAG_SPILL_BLOCK. */
    private static final long TELLS_UNMODIFIED_SPILLS = 1 << 3;

    private StreamHeader() {}

    private static long bits(int... numbers) {
        long bits = 0;
        for (int number : numbers) {
            bits |= 1L << number;
        }
        return bits;
    }

    /** Reads it; {@code record} knows its byte order afterwards, {@code in} its checksum. */
    static Fletcher4 read(StreamInput in, StreamRecord record, long fromGuid, long toGuid) throws IOException {
        record.order(ByteOrder.LITTLE_ENDIAN);
        record.take(in);
        if (record.u64(8) != MAGIC) {
            record.order(ByteOrder.BIG_ENDIAN);
        }
        if (record.u64(8) != MAGIC || record.type() != StreamRecord.BEGIN) {
            throw record.bad("no beginning of a send stream", "its magic number 0x2f5bacbac in either byte order");
        }
        checkKind(record);
        checkGuid(record, record.u64(48), fromGuid, "the stream begins at");
        checkGuid(record, record.u64(40), toGuid, "the stream leads to");
        Fletcher4 sum = new Fletcher4(record.order());
        record.addTo(sum);
        in.sumUpWith(sum);
        in.skipPayload(record.payload(record.u32(4)));
        return sum;
    }

    /** Whether a flag of SPILL records means that the spill was not written since. */
    static boolean tellsUnmodifiedSpills(StreamRecord begin) {
        return (begin.u32(36) & TELLS_UNMODIFIED_SPILLS) != 0;
    }

    private static void checkKind(StreamRecord record) throws BadStreamException {
        long version = record.u64(16);
        if ((version & 3) != SUBSTREAM) {
            throw record.bad("a stream of type " + (version & 3), SUBSTREAM + ", of one snapshot");
        }
        long unknown = (version >>> 2) & ~KNOWN_FEATURES;
        if (unknown != 0) {
            throw record.bad(
                    "a stream with the features 0x" + Long.toHexString(unknown),
                    "none but those that are understood, 0x" + Long.toHexString(KNOWN_FEATURES));
        }
        if (record.u32(32) != FILE_SYSTEM) {
            throw record.bad("a stream of a dataset of type " + record.u32(32), FILE_SYSTEM + ", a file system");
        }
    }

    private static void checkGuid(StreamRecord record, long actual, long expected, String what)
            throws BadStreamException {
        if (actual != expected) {
            throw record.bad(
                    what + " the snapshot with guid " + Long.toUnsignedString(actual), Long.toUnsignedString(expected));
        }
    }
}
