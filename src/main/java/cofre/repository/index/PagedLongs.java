package cofre.repository.index;

import java.util.Arrays;

/** Numbers by position, in pages: growing copies nothing but the list of pages. Not thread-safe. */
final class PagedLongs {
    private static final int BITS = 13;
    private static final int PAGE = 1 << BITS;

    private long[][] pages = new long[16][];

    /** What was set at this position. */
    long get(int at) {
        return pages[at >>> BITS][at & (PAGE - 1)];
    }

    /** Sets it; positions are begun in ascending order. */
    void set(int at, long value) {
        int number = at >>> BITS;
        if (number == pages.length) {
            pages = Arrays.copyOf(pages, 2 * number);
        }
        if (pages[number] == null) {
            pages[number] = new long[PAGE];
        }
        pages[number][at & (PAGE - 1)] = value;
    }
}
