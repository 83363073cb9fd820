package cofre.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Stands between a payload and the place it goes to: counts, and keeps the place's errors apart from the payload's own, so
 * that a broken source is never taken for a broken store. The last byte waits until the payload has said that it is done:
 * a server that has all announced bytes would publish them while the payload still finds that it is wrong.
 */
public final class ExactOutput extends OutputStream {
    private final OutputStream target;
    private final long length;
    private long written;
    private byte last;
    private IOException targetFailure;

    private ExactOutput(OutputStream target, long length) {
        this.target = target;
        this.length = length;
    }

    /**
     * Writes the payload to {@code target}, exactly {@link Payload#length} bytes.
     *
     * @throws IOException when {@code target} fails, and only then
     * @throws UncheckedIOException when the payload cannot give its bytes
     * @throws IllegalStateException when the payload gives more or fewer bytes than its length; after this or the error
     *     before, {@code target} lacks at least one byte of a payload that is not empty
     */
    public static void copy(Payload payload, OutputStream target) throws IOException {
        ExactOutput out = new ExactOutput(target, payload.length());
        try {
            payload.writeTo(out);
        } catch (IOException e) {
            if (out.targetFailure != null) {
                throw out.targetFailure;
            }
            throw new UncheckedIOException("cannot read the bytes to store: " + e.getMessage(), e);
        }
        if (out.targetFailure != null) {
            throw out.targetFailure;
        }
        if (out.written != out.length) {
            throw new IllegalStateException(wrongLength(out.written, out.length));
        }
        if (out.length > 0) {
            target.write(out.last);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (count > length - written) {
            throw new IllegalStateException(wrongLength(written + count, length));
        }
        if (count == 0) {
            return;
        }
        boolean ends = written + count == length;
        try {
            target.write(bytes, offset, ends ? count - 1 : count);
        } catch (IOException e) {
            targetFailure = e;
            throw e;
        }
        written += count;
        last = bytes[offset + count - 1];
    }

    private static String wrongLength(long actual, long expected) {
        return "cannot store a payload: it gives " + actual + " bytes vs the " + expected + " it announced";
    }
}
