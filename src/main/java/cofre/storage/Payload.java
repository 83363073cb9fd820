package cofre.storage;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes to be stored, which can be written more than once because an upload may have to be repeated. The bytes must not
 * change until {@link Backend#put} has returned.
 */
public interface Payload {
    /** Exact number of bytes {@link #writeTo} writes. */
    long length();

    /** Writes all bytes, the same ones at each call. */
    void writeTo(OutputStream out) throws IOException;

    /** A payload over {@code length} bytes of {@code bytes} at {@code offset}; the array is not copied. */
    static Payload of(byte[] bytes, int offset, int length) {
        return new Payload() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes, offset, length);
            }
        };
    }

    /** A payload over the whole array, which is not copied. */
    static Payload of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }
}
