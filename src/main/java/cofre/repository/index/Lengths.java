package cofre.repository.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Two lengths for each position: six bytes, as nearly all are below 16 MiB; those that are not are kept beside. Not
 * thread-safe.
 */
final class Lengths {
    private static final int BITS = 13;
    private static final int PAGE = 1 << BITS;
    private static final int WIDTH = 6;

    /** Stands for every length from here on. */
    private static final int LONG = 0xff_ffff;

    private byte[][] pages = new byte[16][];
    private final Map<Integer, Integer> longSealed = new HashMap<>();
    private final Map<Integer, Integer> longPlain = new HashMap<>();

    /** Sets both; positions come in ascending order. */
    void set(int at, int sealed, int plain) {
        int number = at >>> BITS;
        if (number == pages.length) {
            pages = Arrays.copyOf(pages, 2 * number);
        }
        if (pages[number] == null) {
            pages[number] = new byte[PAGE * WIDTH];
        }
        int first = (at & (PAGE - 1)) * WIDTH;
        write(pages[number], first, at, sealed, longSealed);
        write(pages[number], first + 3, at, plain, longPlain);
    }

    private static void write(byte[] page, int first, int at, int length, Map<Integer, Integer> beside) {
        int small = length < LONG ? length : LONG;
        if (small == LONG) {
            beside.put(at, length);
        }
        page[first] = (byte) small;
        page[first + 1] = (byte) (small >>> 8);
        page[first + 2] = (byte) (small >>> 16);
    }

    /** The first length of this position. */
    int sealed(int at) {
        int small = read(at, 0);
        return small == LONG ? longSealed.get(at) : small;
    }

    /** The second. */
    int plain(int at) {
        int small = read(at, 3);
        return small == LONG ? longPlain.get(at) : small;
    }

    private int read(int at, int which) {
        byte[] page = pages[at >>> BITS];
        int first = (at & (PAGE - 1)) * WIDTH + which;
        return (page[first] & 0xff) | ((page[first + 1] & 0xff) << 8) | ((page[first + 2] & 0xff) << 16);
    }
}
