package cofre.testkit.zfs;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The blocks of one object, by index. Grows as ZFS lets a file grow: one block of up to the record size, then blocks of
 * the record size. A block that never was written is not there and reads as zeros.
 */
final class ModelContent {
    static final int SECTOR = 512;

    private final NavigableMap<Long, Block> blocks;
    private int blockSize;
    private long lastBlock;

    ModelContent() {
        this(new TreeMap<>(), SECTOR, 0);
    }

    private ModelContent(NavigableMap<Long, Block> blocks, int blockSize, long lastBlock) {
        this.blocks = blocks;
        this.blockSize = blockSize;
        this.lastBlock = lastBlock;
    }

    ModelContent copy() {
        return new ModelContent(new TreeMap<>(blocks), blockSize, lastBlock);
    }

    int blockSize() {
        return blockSize;
    }

    /** Where the last block that ever was written, and not cut off since, ends. */
    long end() {
        return (lastBlock + 1) * blockSize;
    }

    /** Blocks up to the last, holes that were made one block each. */
    Map<Long, Block> blocks() {
        return blocks.headMap(lastBlock, true);
    }

    long allocated() {
        return blocks().values().stream().filter(b -> !b.isHole()).count() * blockSize;
    }

    /** Makes the one block big enough for {@code size} bytes, before there are two. */
    void growTo(long size, int recordSize, long txg) {
        if (lastBlock > 0 || size <= blockSize || blockSize >= recordSize) {
            return;
        }
        int wanted = (int) Math.min(recordSize, (size + SECTOR - 1) / SECTOR * SECTOR);
        Block only = blocks.get(0L);
        blockSize = wanted;
        // Holes that were cut off with larger indexes are of another block size: nothing is there.
        blocks.tailMap(1L).clear();
        if (only != null && !only.isHole()) {
            blocks.put(0L, new Block(Arrays.copyOf(only.bytes(), wanted), txg));
        }
    }

    void write(long offset, byte[] bytes, boolean zerosBecomeHoles, long txg) {
        int done = 0;
        while (done < bytes.length) {
            long index = (offset + done) / blockSize;
            int at = (int) ((offset + done) % blockSize);
            int n = Math.min(blockSize - at, bytes.length - done);
            byte[] block = n == blockSize && bytes.length == n ? bytes : bytesOf(index);
            System.arraycopy(bytes, done, block, at, n);
            blocks.put(index, new Block(zerosBecomeHoles && isZero(block) ? null : block, txg));
            lastBlock = Math.max(lastBlock, index);
            done += n;
        }
    }

    /** What lies in [from, to) becomes zeros: whole blocks holes, parts of blocks written. */
    void free(long from, long to, boolean zerosBecomeHoles, long txg) {
        for (long index : blocks.subMap(from / blockSize, true, Math.max(to - 1, 0) / blockSize, true)
                .keySet()
                .toArray(new Long[0])) {
            long start = index * blockSize;
            int first = (int) Math.max(0, from - start);
            int last = (int) Math.min(blockSize, to - start);
            if (first >= last || blocks.get(index).isHole()) {
                continue;
            }
            byte[] block = bytesOf(index);
            Arrays.fill(block, first, last, (byte) 0);
            boolean hole = last - first == blockSize || (zerosBecomeHoles && isZero(block));
            blocks.put(index, new Block(hole ? null : block, txg));
        }
    }

    void truncate(long size, boolean zerosBecomeHoles, long txg) {
        free(size, Long.MAX_VALUE, zerosBecomeHoles, txg);
        lastBlock = Math.min(lastBlock, Math.max(size - 1, 0) / blockSize);
    }

    /** {@code length} bytes from {@code offset} on, which may not be written yet. */
    void read(long offset, byte[] into, int at, int length) {
        int done = 0;
        while (done < length) {
            int in = (int) ((offset + done) % blockSize);
            int n = Math.min(blockSize - in, length - done);
            Block block = blocks.get((offset + done) / blockSize);
            if (block == null || block.isHole()) {
                Arrays.fill(into, at + done, at + done + n, (byte) 0);
            } else {
                System.arraycopy(block.bytes(), in, into, at + done, n);
            }
            done += n;
        }
    }

    private byte[] bytesOf(long index) {
        Block block = blocks.get(index);
        return block == null || block.isHole()
                ? new byte[blockSize]
                : block.bytes().clone();
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
