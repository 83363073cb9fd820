package cofre.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 hash: 32 bytes held as four longs, big-endian, so that a million of them cost no array headers.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record Sha256(long a, long b, long c, long d) implements Comparable<Sha256> {
    /** Length of a hash in bytes. */
    public static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();

    /** The hash of these bytes. */
    public static Sha256 hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length);
    }

    /** The hash of {@code length} bytes at {@code offset}. */
    public static Sha256 hash(byte[] bytes, int offset, int length) {
        MessageDigest digest = newDigest();
        digest.update(bytes, offset, length);
        return of(digest.digest());
    }

    /** A digest to be fed by the caller; every Java platform has it. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("cannot find SHA-256: every Java platform must have it", e);
        }
    }

    /**
     * The hash these 32 bytes are.
     *
     * @throws IllegalArgumentException when there are not exactly 32
     */
    public static Sha256 of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("cannot read hash: " + bytes.length + " bytes vs " + LENGTH);
        }
        return of(bytes, 0);
    }

    /** The hash in the 32 bytes at {@code offset}. */
    public static Sha256 of(byte[] bytes, int offset) {
        return new Sha256(
                longAt(bytes, offset),
                longAt(bytes, offset + 8),
                longAt(bytes, offset + 16),
                longAt(bytes, offset + 24));
    }

    /**
     * The hash these 64 lower-case hex digits spell.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Sha256 parse(String hex) {
        if (hex.length() != 2 * LENGTH || !isLowerHex(hex)) {
            throw new IllegalArgumentException(
                    "cannot read id: " + hex.length() + " characters vs 64 lower-case hex digits");
        }
        return of(HEX.parseHex(hex));
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static long longAt(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** Writes the 32 bytes to {@code into} at {@code offset}. */
    public void writeTo(byte[] into, int offset) {
        put(a, into, offset);
        put(b, into, offset + 8);
        put(c, into, offset + 16);
        put(d, into, offset + 24);
    }

    private static void put(long value, byte[] into, int at) {
        for (int i = 0; i < 8; i++) {
            into[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        writeTo(bytes, 0);
        return bytes;
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HEX.formatHex(bytes());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a); // any part of a hash is as good as the whole
    }

    @Override
    public int compareTo(Sha256 other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    /** The first 8 hex digits, as people quote ids. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes(), 0, 4);
    }
}
