package cofre.change;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of object numbers from 0 to {@link #MAX}, about one bit for each number where it is dense and at most a kilobyte
 * for a number that is alone. For one thread at a time.
 */
public final class ObjectSet {
    /** The largest number: ZFS has no more objects in a dataset. */
    public static final long MAX = (1L << 48) - 1;

    private static final int PAGE_SHIFT = 13;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 6);

    private final TreeMap<Long, long[]> pages = new TreeMap<>();
    /** The page used last, as objects come in runs; its number is -1 when there is none. */
    private long nearNumber = -1;

    private long[] near = {};
    private long size;

    /**
     * What is done with each number.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        /** One number. */
        void visit(long object) throws E;
    }

    /**
     * Puts it in.
     *
     * @return whether it was not in before
     * @throws IllegalArgumentException when it is negative or above {@link #MAX}
     */
    public boolean add(long object) {
        if (object < 0 || object > MAX) {
            throw new IllegalArgumentException("cannot keep object " + object + ": vs 0 to " + MAX);
        }
        long[] words = page(object >>> PAGE_SHIFT);
        if (words == null) {
            words = new long[PAGE_WORDS];
            nearNumber = object >>> PAGE_SHIFT;
            near = words;
            pages.put(nearNumber, words);
        }
        int word = wordOf(object);
        long before = words[word];
        words[word] = before | (1L << object);
        boolean added = words[word] != before;
        size += added ? 1 : 0;
        return added;
    }

    /** Whether it is in. */
    public boolean contains(long object) {
        if (object < 0 || object > MAX) {
            return false;
        }
        long[] words = page(object >>> PAGE_SHIFT);
        return words != null && (words[wordOf(object)] & (1L << object)) != 0;
    }

    /**
     * Takes it out.
     *
     * @return whether it was in
     */
    public boolean remove(long object) {
        if (!contains(object)) {
            return false;
        }
        page(object >>> PAGE_SHIFT)[wordOf(object)] &= ~(1L << object);
        size--;
        return true;
    }

    /** How many are in. */
    public long size() {
        return size;
    }

    /** Whether none is in. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The smallest one that is at least {@code from}, or -1. */
    public long next(long from) {
        if (from > MAX) {
            return -1;
        }
        long start = Math.max(from, 0);
        Map.Entry<Long, long[]> page = pages.ceilingEntry(start >>> PAGE_SHIFT);
        while (page != null) {
            long first = page.getKey() << PAGE_SHIFT;
            long found = nextIn(page.getValue(), first, Math.max(start, first));
            if (found >= 0) {
                return found;
            }
            page = pages.higherEntry(page.getKey());
        }
        return -1;
    }

    private static long nextIn(long[] words, long first, long from) {
        int word = wordOf(from);
        long left = words[word] & (-1L << from);
        while (left == 0 && ++word < PAGE_WORDS) {
            left = words[word];
        }
        return left == 0 ? -1 : first + word * 64L + Long.numberOfTrailingZeros(left);
    }

    /** Visits all in ascending order. They must not be changed meanwhile. */
    public <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        for (Map.Entry<Long, long[]> page : pages.entrySet()) {
            long first = page.getKey() << PAGE_SHIFT;
            long[] words = page.getValue();
            for (int i = 0; i < PAGE_WORDS; i++) {
                for (long left = words[i]; left != 0; left &= left - 1) {
                    visitor.visit(first + i * 64L + Long.numberOfTrailingZeros(left));
                }
            }
        }
    }

    private long[] page(long number) {
        if (number == nearNumber) {
            return near;
        }
        long[] words = pages.get(number);
        if (words != null) {
            nearNumber = number;
            near = words;
        }
        return words;
    }

    private static int wordOf(long object) {
        return ((int) object & PAGE_MASK) >>> 6;
    }
}
