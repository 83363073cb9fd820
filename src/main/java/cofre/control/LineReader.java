package cofre.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of bounded length: never holds more than the bound, whatever comes. For one thread. */
final class LineReader {
    private static final int CHUNK = 8 << 10;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;

    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Whether something has been received that {@link #next} has not given yet. */
    boolean hasReceived() {
        return at < end;
    }

    /**
     * The next line without its newline; empty at the end.
     *
     * @throws ProtocolException when a line is too long, or the end comes in the middle of one
     */
    Optional<byte[]> next() throws IOException, ProtocolException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk, 0, CHUNK));
                if (end == 0) {
                    if (line.size() > 0) {
                        throw new ProtocolException("cannot read a message: it ended after " + line.size()
                                + " bytes vs a newline at its end");
                    }
                    return Optional.empty();
                }
            }
            int newline = at;
            while (newline < end && chunk[newline] != '\n') {
                newline++;
            }
            if (line.size() + newline - at > maxBytes) {
                throw new ProtocolException(
                        "cannot read a message: longer than " + maxBytes + " bytes; the connection was closed");
            }
            line.write(chunk, at, newline - at);
            at = newline;
            if (at < end) {
                at++;
                return Optional.of(line.toByteArray());
            }
        }
    }
}
