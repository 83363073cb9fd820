package cofre.path;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One component of a file name, as raw bytes. Never empty, never {@code .} or {@code ..}, holds neither {@code /} nor
 * NUL. Immutable and thread-safe; ordered by unsigned bytes, which is the order restic's trees are sorted in.
 */
public final class RawName implements Comparable<RawName> {
    private final byte[] bytes;

    private RawName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The name these bytes spell; the array is copied.
     *
     * @throws IllegalArgumentException when the bytes cannot be one component of a path
     */
    public static RawName of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The name spelled by {@code length} bytes at {@code offset}; the bytes are copied. See {@link #of(byte[])}. */
    public static RawName of(byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        String fault = faultOf(copy);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("cannot use name " + Display.quoted(copy) + ": " + fault);
        }
        return new RawName(copy);
    }

    /** The name whose UTF-8 form is {@code text}: for names of our own, not for names from a share. */
    public static RawName ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether these bytes can be one component of a path. */
    public static boolean isValid(byte[] bytes) {
        return faultOf(bytes).isEmpty();
    }

    private static String faultOf(byte[] b) {
        if (b.length == 0) {
            return "it is empty";
        }
        if (b[0] == '.' && (b.length == 1 || (b.length == 2 && b[1] == '.'))) {
            return "it names a directory's self or parent";
        }
        for (byte c : b) {
            if (c == '/' || c == 0) {
                return "it holds a slash or NUL";
            }
        }
        return "";
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A copy of the bytes with the NUL that system calls want behind it. */
    public byte[] cString() {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** Writes the bytes, without a NUL, into {@code target} from {@code index} on, without moving its position. */
    public void putInto(ByteBuffer target, int index) {
        target.put(index, bytes);
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int byteAt(int index) {
        return bytes[index] & 0xff;
    }

    @Override
    public int compareTo(RawName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: see {@link Display#text(byte[])}. */
    @Override
    public String toString() {
        return Display.text(bytes);
    }
}
