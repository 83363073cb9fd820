package cofre.storage.rest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** An answer's body. Its end is the body's end; a body that is cut short throws instead of ending. */
abstract class Body extends InputStream {
    private static final int CHUNK_LINE = 1024;
    private static final int MAX_TRAILERS = 32;

    final Wire wire;

    Body(Wire wire) {
        this.wire = wire;
    }

    /** Whether the end was seen, so that the connection can serve another exchange. */
    abstract boolean finished();

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** A body whose length was announced. */
    static final class Fixed extends Body {
        private final long length;
        private long left;

        Fixed(Wire wire, long length) {
            super(wire);
            this.length = length;
            this.left = length;
        }

        @Override
        boolean finished() {
            return left == 0;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = wire.read(into, offset, (int) Math.min(left, count));
            if (got < 0) {
                throw new EOFException(
                        "the connection was closed after " + (length - left) + " of " + length + " bytes");
            }
            left -= got;
            return got;
        }
    }

    /** A body in chunks, as servers send what they make while sending. */
    static final class Chunked extends Body {
        private long left;
        private boolean begun;
        private boolean finished;

        Chunked(Wire wire) {
            super(wire);
        }

        @Override
        boolean finished() {
            return finished;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (left == 0 && !finished) {
                nextChunk();
            }
            if (finished) {
                return -1;
            }
            int got = wire.read(into, offset, (int) Math.min(left, count));
            if (got < 0) {
                throw new EOFException("the connection was closed inside a chunk");
            }
            left -= got;
            return got;
        }

        private void nextChunk() throws IOException {
            if (begun && !wire.line(1).isEmpty()) {
                throw new NotHttpException("a chunk does not end where it said");
            }
            begun = true;
            String line = wire.line(CHUNK_LINE);
            int end = line.indexOf(';');
            left = Numbers.hex((end < 0 ? line : line.substring(0, end)).strip());
            if (left < 0) {
                throw new NotHttpException("a chunk has no length");
            }
            for (int i = 0; left == 0 && !finished; i++) {
                finished = wire.line(CHUNK_LINE).isEmpty();
                if (i == MAX_TRAILERS) {
                    throw new NotHttpException("more than " + MAX_TRAILERS + " trailers");
                }
            }
        }
    }

    /** A body without announced length: its end cannot be told from a cut. */
    static final class UntilClose extends Body {
        UntilClose(Wire wire) {
            super(wire);
        }

        @Override
        boolean finished() {
            return false;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            return wire.read(into, offset, count);
        }
    }
}
