package cofre.testkit.zfs;

/**
 * One block of an object.
 *
 * @param bytes its content, not to be changed; null for a hole
 * @param birth the txg it was written, or became a hole, in
 */
record Block(byte[] bytes, long birth) {
    boolean isHole() {
        return bytes == null;
    }
}
