package cofre.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * A listing while it is being read: 40 bytes per file and an index of 4 to 16 more, so that a million names fit into some
 * 50 MB where objects would take 150. Not for several threads.
 */
public final class FileList {
    private static final int NAME_LONGS = 4;
    private static final int ROW = NAME_LONGS + 1;
    private static final int NIBBLES = 16;
    private static final int BLOCK_FILES = 4096;

    /** Blocks rather than one array: growing never holds everything twice. */
    private final List<long[]> blocks = new ArrayList<>();
    /** Open addressing over row numbers plus one; 0 is an empty slot. */
    private int[] slots = new int[256];

    private int count;

    /**
     * Adds a file.
     *
     * @param name 64 lower-case hex digits, see {@link FileHandle#isValidName}
     * @return false when that name is in the list already; nothing was added
     */
    public boolean add(String name, long size) {
        grow();
        long[] rows = blocks.get(count / BLOCK_FILES);
        int at = at(count);
        for (int i = 0; i < NAME_LONGS; i++) {
            rows[at + i] = HexFormat.fromHexDigitsToLong(name, i * NIBBLES, (i + 1) * NIBBLES);
        }
        rows[at + NAME_LONGS] = size;
        if (!claim(slots, count)) {
            return false;
        }
        count++;
        return true;
    }

    /** Number of files added. */
    public int count() {
        return count;
    }

    /** Name of the file added as number {@code index}, counted from 0. */
    public String name(int index) {
        StringBuilder out = new StringBuilder(NAME_LONGS * NIBBLES);
        HexFormat hex = HexFormat.of();
        for (int i = 0; i < NAME_LONGS; i++) {
            out.append(hex.toHexDigits(blocks.get(index / BLOCK_FILES)[at(index) + i]));
        }
        return out.toString();
    }

    /** Changes the length of the file added as number {@code index}. */
    public void resize(int index, long size) {
        blocks.get(index / BLOCK_FILES)[at(index) + NAME_LONGS] = size;
    }

    /** Length of the file added as number {@code index}. */
    public long size(int index) {
        return blocks.get(index / BLOCK_FILES)[at(index) + NAME_LONGS];
    }

    /** Hands over all files, in the order they were added. */
    public void forEach(Consumer<FileInfo> each) {
        for (int i = 0; i < count; i++) {
            each.accept(new FileInfo(name(i), size(i)));
        }
    }

    private static int at(int index) {
        return index % BLOCK_FILES * ROW;
    }

    private void grow() {
        if (count == blocks.size() * BLOCK_FILES) {
            blocks.add(new long[BLOCK_FILES * ROW]);
        }
        if ((count + 1) * 2L > slots.length) {
            int[] wider = new int[slots.length * 2];
            for (int i = 0; i < count; i++) {
                claim(wider, i);
            }
            slots = wider;
        }
    }

    /** Puts row {@code row} into its slot; false when an equal name is there. */
    private boolean claim(int[] table, int row) {
        int mask = table.length - 1;
        // Any part of a SHA-256 is a good hash; a store that chooses bad names only makes its own listing slow.
        int slot = (int) mix(blocks.get(row / BLOCK_FILES)[at(row)]) & mask;
        while (table[slot] != 0) {
            if (sameName(table[slot] - 1, row)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = row + 1;
        return true;
    }

    private static long mix(long bits) {
        long mixed = bits * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }

    private boolean sameName(int a, int b) {
        long[] left = blocks.get(a / BLOCK_FILES);
        long[] right = blocks.get(b / BLOCK_FILES);
        return Arrays.equals(left, at(a), at(a) + NAME_LONGS, right, at(b), at(b) + NAME_LONGS);
    }
}
