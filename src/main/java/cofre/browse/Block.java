package cofre.browse;

import java.lang.ref.SoftReference;
import java.util.Optional;

/** A blob's plain bytes, which the collector may take when memory runs short. */
final class Block {
    private final SoftReference<byte[]> bytes;
    private final int length;

    Block(byte[] bytes) {
        this.bytes = new SoftReference<>(bytes);
        this.length = bytes.length;
    }

    Optional<byte[]> bytes() {
        return Optional.ofNullable(bytes.get());
    }

    int length() {
        return length;
    }
}
