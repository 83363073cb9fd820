package cofre.testkit.zfs;

/** One block of an object. Immutable, as long as nobody changes the bytes. */
final class Block {
    private final byte[] bytes;
    private final long birth;

    /**
     * A block.
     *
     * @param bytes its content; null for a hole
     * @param birth the txg it was written, or became a hole, in
     */
    Block(byte[] bytes, long birth) {
        this.bytes = bytes;
        this.birth = birth;
    }

    byte[] bytes() {
        return bytes;
    }

    long birth() {
        return birth;
    }

    boolean isHole() {
        return bytes == null;
    }
}
