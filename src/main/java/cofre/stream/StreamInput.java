package cofre.stream;

import java.io.IOException;
import java.io.InputStream;

/** The stream's bytes with their place and their running checksum. One buffer is used again and again. For one thread. */
final class StreamInput {
    /** Several times what a pipe holds: no read is cut short by us. */
    private static final int BUFFER = 256 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long offset;
    private Fletcher4 sum;

    StreamInput(InputStream in) {
        this.in = in;
    }

    /** Bytes taken so far. */
    long offset() {
        return offset;
    }

    /** What is taken from now on is added to {@code checksum}, except records. */
    void sumUpWith(Fletcher4 checksum) {
        sum = checksum;
    }

    /** Takes a record's bytes; its checksum is the caller's to mind. */
    void takeRecord(byte[] into) throws IOException {
        need(into.length, "a record of " + into.length + " bytes");
        System.arraycopy(buffer, at, into, 0, into.length);
        take(into.length);
    }

    /** Takes a payload into memory; at most a buffer long, a whole number of words. */
    void takePayload(byte[] into, int length) throws IOException {
        need(length, "a payload of " + length + " bytes");
        System.arraycopy(buffer, at, into, 0, length);
        sum.add(buffer, at, length);
        take(length);
    }

    /** Takes a payload for its checksum only; a whole number of words. */
    void skipPayload(long length) throws IOException {
        long left = length;
        while (left > 0) {
            need(Fletcher4.WORD, "a payload with " + left + " bytes to go");
            int part = (int) Math.min(left, (end - at) & -Fletcher4.WORD);
            sum.add(buffer, at, part);
            take(part);
            left -= part;
        }
    }

    /** Whether nothing is left. */
    boolean isAtEnd() throws IOException {
        return at == end && in.read() < 0;
    }

    private void take(int count) {
        at += count;
        offset += count;
    }

    /** Makes the next {@code count} bytes lie in the buffer. */
    private void need(int count, String what) throws IOException {
        if (end - at >= count) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end < count) {
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                throw new BadStreamException(offset, "the end after " + end + " bytes", what);
            }
            end += n;
        }
    }
}
