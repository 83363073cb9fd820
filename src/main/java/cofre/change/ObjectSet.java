package cofre.change;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of object numbers from 0 to {@link #MAX}, about one bit for each number where it is dense and at most a kilobyte
 * for a number that is alone. May be read by several threads
 * at once while nobody changes it.
 */
public final class ObjectSet {
    /** The largest number: ZFS has no more objects in a dataset. */
    public static final long MAX = (1L << 48) - 1;

    private static final int PAGE_SHIFT = 13;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 6);

    /** Immutable but for its bits, so that a thread that finds one finds all of it. */
    private static final class Page {
        final long number;
        final long[] words;

        Page(long number, long[] words) {
            this.number = number;
            this.words = words;
        }
    }

    private final TreeMap<Long, Page> pages = new TreeMap<>();
    /** The page used last, as objects come in runs. Threads that read may each set it: any page of ours is right. */
    private Page near = new Page(-1, new long[0]);

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
        long number = object >>> PAGE_SHIFT;
        Page page = page(number);
        if (page == null) {
            page = new Page(number, new long[PAGE_WORDS]);
            pages.put(number, page);
            near = page;
        }
        long[] words = page.words;
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
        Page page = page(object >>> PAGE_SHIFT);
        return page != null && (page.words[wordOf(object)] & (1L << object)) != 0;
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
        page(object >>> PAGE_SHIFT).words[wordOf(object)] &= ~(1L << object);
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
        Map.Entry<Long, Page> page = pages.ceilingEntry(start >>> PAGE_SHIFT);
        while (page != null) {
            long first = page.getKey() << PAGE_SHIFT;
            long found = nextIn(page.getValue().words, first, Math.max(start, first));
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
        for (Page page : pages.values()) {
            long first = page.number << PAGE_SHIFT;
            for (int i = 0; i < PAGE_WORDS; i++) {
                for (long left = page.words[i]; left != 0; left &= left - 1) {
                    visitor.visit(first + i * 64L + Long.numberOfTrailingZeros(left));
                }
            }
        }
    }

    private Page page(long number) {
        Page recent = near;
        if (recent.number == number) {
            return recent;
        }
        Page page = pages.get(number);
        if (page != null) {
            near = page;
        }
        return page;
    }

    private static int wordOf(long object) {
        return ((int) object & PAGE_MASK) >>> 6;
    }
}
