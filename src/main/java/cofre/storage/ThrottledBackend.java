package cofre.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * A store that is used no faster than is allowed. Uploads are slowed down while they go on, so that the line is never full;
 * what is downloaded is paid for before the next download, so that a short one is not held up. Listings are free.
 */
public final class ThrottledBackend implements Backend {
    /** Small enough that a slow line sees an even stream, and no timeout a pause. */
    private static final int SLICE = 16 << 10;

    private final Backend inner;
    private final RateLimiter up;
    private final RateLimiter down;

    public ThrottledBackend(Backend inner, RateLimiter up, RateLimiter down) {
        this.inner = inner;
        this.up = up;
        this.down = down;
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        inner.create();
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        return inner.size(file);
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        down.pass(0);
        byte[] got = inner.get(file, maxLength);
        down.moved(got.length);
        return got;
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        down.pass(length);
        inner.read(file, offset, into, at, length);
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        inner.put(file, new Payload() {
            @Override
            public long length() {
                return payload.length();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                payload.writeTo(new Slices(out));
            }
        });
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        inner.list(type, each);
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        inner.delete(file);
    }

    @Override
    public void close() {
        inner.close();
    }

    /** Hands bytes on a slice at a time. Its end is the business of who made what is behind it. */
    private final class Slices extends OutputStream {
        private final OutputStream out;

        Slices(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            up.pass(1);
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += SLICE) {
                int slice = Math.min(SLICE, length - at);
                up.pass(slice);
                out.write(bytes, offset + at, slice);
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
