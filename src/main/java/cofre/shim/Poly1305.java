package cofre.shim;

/** The one-time authenticator Poly1305 of RFC 8439. One instance belongs to one thread at a time. */
public interface Poly1305 {
    /** Length of r and s together, in bytes. */
    int KEY_LENGTH = 32;
    /** Length of a tag, in bytes. */
    int TAG_LENGTH = 16;

    /**
     * Writes the tag of {@code in[off..off+len)} to {@code out[outOff..outOff+16)}.
     *
     * @param key r (clamped here, so that a clamped and an unclamped one give the same tag), then s: 16 bytes each
     * @param len any length, 0 included
     * @throws IndexOutOfBoundsException when a range does not lie inside its array; nothing is written then
     */
    void tag(byte[] key, byte[] in, int off, int len, byte[] out, int outOff);
}
