package cofre.posix;

import cofre.path.Display;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of an extended attribute as raw bytes, namespace included on both systems: {@code user.DOSATTRIB}. 1 to 260
 * bytes without NUL. Immutable and thread-safe; ordered by unsigned bytes.
 */
public final class XattrName implements Comparable<XattrName> {
    /** 255 bytes, FreeBSD's limit without and Linux's with the namespace, and room for FreeBSD's. */
    private static final int MAX_LENGTH = 255 + 7;

    private final byte[] bytes;

    private XattrName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The name these bytes spell; the array is copied.
     *
     * @throws IllegalArgumentException when empty, too long or with NUL
     */
    public static XattrName of(byte[] bytes) {
        byte[] copy = bytes.clone();
        if (!isValid(copy)) {
            throw new IllegalArgumentException("cannot use attribute name " + Display.quoted(copy) + ": " + copy.length
                    + " bytes vs 1 to " + MAX_LENGTH + " without NUL");
        }
        return new XattrName(copy);
    }

    /** The name whose UTF-8 form is {@code text}. */
    public static XattrName ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether these bytes can be a name. */
    public static boolean isValid(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        return bytes.length > 0 && bytes.length <= MAX_LENGTH;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether it begins with these ASCII characters. */
    boolean startsWith(String prefix) {
        int length = prefix.length();
        return bytes.length >= length
                && Arrays.equals(bytes, 0, length, prefix.getBytes(StandardCharsets.US_ASCII), 0, length);
    }

    @Override
    public int compareTo(XattrName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XattrName name && Arrays.equals(bytes, name.bytes);
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
