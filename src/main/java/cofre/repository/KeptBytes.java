package cofre.repository;

/**
 * Memory that is used again and again instead of being allocated anew for each blob, which would cost clearing it, and a
 * heap that grows with the garbage. For one thread at a time.
 */
final class KeptBytes {
    /** The longest chunk, sealed and once more plain: what is kept from blob to blob. */
    private static final int MAX_KEPT = 17 << 20;

    private byte[] bytes = new byte[0];

    /** At least so many bytes, with whatever was left in them; valid until the next call. */
    byte[] of(int length) {
        if (bytes.length >= length) {
            return bytes;
        }
        byte[] larger = new byte[Math.max(length, Math.min(length + length / 2, MAX_KEPT))];
        if (larger.length <= MAX_KEPT) {
            bytes = larger;
        }
        return larger;
    }
}
