package cofre.testkit.zfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Walks a send stream record by record, checks every running checksum, and writes each record as a line. */
final class StreamChecker {
    private static final List<String> NAMES =
            List.of("BEGIN", "OBJECT", "FREEOBJECTS", "WRITE", "FREE", "END", "WRITE_BYREF", "SPILL", "WRITE_EMBEDDED");

    private final byte[] stream;
    private final ByteBuffer in;
    private final Fletcher4 sum = new Fletcher4();
    private final List<String> lines = new ArrayList<>();

    private StreamChecker(byte[] stream) {
        this.stream = stream;
        this.in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getLong(8) != 0x2f5bacbacL) {
            in.order(ByteOrder.BIG_ENDIAN);
        }
    }

    /** The records; throws when a checksum is wrong or the stream does not end with its last record. */
    static List<String> lines(byte[] stream) {
        StreamChecker checker = new StreamChecker(stream);
        int at = 0;
        while (at < stream.length) {
            at = checker.record(at);
        }
        if (!checker.lines.get(checker.lines.size() - 1).equals("END")) {
            throw new AssertionError("no END");
        }
        return checker.lines;
    }

    private int record(int at) {
        String name = NAMES.get(in.getInt(at));
        if (name.equals("END")) {
            checkSum(at + 8);
        }
        sum.update(stream, at, at + RecordWriter.CHECKSUM, in.order());
        if (!name.equals("BEGIN")) {
            checkSum(at + RecordWriter.CHECKSUM);
        }
        sum.update(stream, at + RecordWriter.CHECKSUM, at + RecordWriter.RECORD, in.order());
        lines.add(line(name, at + 8));
        int payload = payload(name, at + 8);
        int end = at + RecordWriter.RECORD + payload;
        sum.update(stream, at + RecordWriter.RECORD, end, in.order());
        return end;
    }

    private void checkSum(int at) {
        long[] sums = sum.sums();
        for (int i = 0; i < sums.length; i++) {
            if (in.getLong(at + 8 * i) != sums[i]) {
                throw new AssertionError("checksum of the record with byte " + at + ", part " + i);
            }
        }
    }

    private int payload(String name, int at) {
        return switch (name) {
            case "OBJECT" -> (in.getInt(at + 20) + 7) / 8 * 8;
            case "WRITE" -> Math.toIntExact(in.getLong(at + 24));
            case "SPILL" -> Math.toIntExact(in.getLong(at + 8));
            default -> 0;
        };
    }

    private String line(String name, int at) {
        long object = in.getLong(at);
        return switch (name) {
            case "OBJECT" ->
                "OBJECT " + object + " type=" + in.getInt(at + 8) + " bonustype=" + in.getInt(at + 12) + " blksz="
                        + in.getInt(at + 16) + " bonuslen=" + in.getInt(at + 20) + " flags=" + in.get(at + 27);
            case "FREEOBJECTS" -> "FREEOBJECTS first=" + object + " num=" + in.getLong(at + 8);
            case "WRITE" -> "WRITE " + object + " offset=" + in.getLong(at + 16) + " length=" + in.getLong(at + 24);
            case "FREE" -> "FREE " + object + " offset=" + in.getLong(at + 8) + " length=" + in.getLong(at + 16);
            case "SPILL" -> "SPILL " + object + " length=" + in.getLong(at + 8) + " flags=" + in.get(at + 24);
            default -> name;
        };
    }
}
