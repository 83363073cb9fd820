package cofre.seal;

/**
 * Poly1305 with a one-time key, RFC 8439. An interface, because the fastest way to compute it differs by machine: plain
 * Java or native code. Must be thread-safe.
 */
@FunctionalInterface
public interface TagFunction {
    /**
     * Computes a tag.
     *
     * @param key 32 bytes: r, already clamped, then s
     * @param in holds the message: {@code length} bytes at {@code offset}
     * @param out gets the 16 bytes of the tag at {@code outOffset}
     */
    void tag(byte[] key, byte[] in, int offset, int length, byte[] out, int outOffset);

    /** Bouncy Castle's: correct everywhere, and the slowest. */
    static TagFunction bouncyCastle() {
        return BouncyCastleTag::tag;
    }
}
