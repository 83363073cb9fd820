package cofre.chunk;

import java.util.Objects;

/**
 * Cuts content into chunks, in any sequence of slices, looking at each byte once. The cuts depend on the content and
 * the polynomial only, never on how the content was sliced. Belongs to one thread at a time; made once per worker and
 * started anew for each file.
 *
 * <pre>{@code
 * chunker.start();
 * while (there is more in buf[off..end)) {
 *     off += chunker.feed(buf, off, end - off);
 *     if (chunker.atCut()) { the chunk ends at off; }
 * }
 * at the end of the file whatever follows the last cut is the last chunk
 * }</pre>
 */
public final class Chunker {
    /** The bytes on which a digest depends. */
    public static final int WINDOW = 64;
    /** No chunk but a file's last one is shorter (512 KiB). */
    public static final int MIN = 512 * 1024;
    /** No chunk is longer (8 MiB). */
    public static final int MAX = 8 * 1024 * 1024;
    /** A digest is a cut when these 20 bits are zero: a cut per MiB on average beyond {@link #MIN}. */
    public static final long CUT_MASK = (1L << 20) - 1;

    private final CutFinder finder;
    /** The last WINDOW bytes fed, then room for the first bytes of the next slice: windows that cross two slices. */
    private final byte[] seam = new byte[2 * WINDOW];

    private int length;
    private boolean atCut;

    /** A chunker that searches with {@code finder}, started. */
    public Chunker(CutFinder finder) {
        this.finder = Objects.requireNonNull(finder);
    }

    /** Forgets everything: the next byte fed is the first one of a file. */
    public void start() {
        length = 0;
        atCut = false;
    }

    /**
     * Takes the next bytes of the content, up to and including the first cut.
     *
     * @return how many of the {@code len} bytes belong to the current chunk; fewer than {@code len} only when
     *     {@link #atCut()}
     */
    public int feed(byte[] buf, int off, int len) {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (atCut) {
            start();
        }
        int room = Math.min(len, MAX - length);
        int cut = cutAmong(buf, off, room);
        if (cut < 0 && length + room == MAX) {
            cut = room;
        }
        atCut = cut >= 0;
        int taken = atCut ? cut : room;
        length += taken;
        if (!atCut) {
            remember(buf, off, taken);
        }
        return taken;
    }

    /** Whether the last byte taken by {@link #feed} is the last one of its chunk. */
    public boolean atCut() {
        return atCut;
    }

    /** The bytes of the current chunk so far: of the whole chunk when {@link #atCut()}; 0 when nothing is pending. */
    public int length() {
        return length;
    }

    /** The number of bytes up to the first cut inside {@code room} bytes, or -1. */
    private int cutAmong(byte[] buf, int off, int room) {
        int shortest = Math.max(1, MIN - length);
        if (shortest > room) {
            return -1;
        }
        if (shortest < WINDOW) {
            int inSeam = Math.min(room, WINDOW - 1);
            System.arraycopy(buf, off, seam, WINDOW, inSeam);
            int at = finder.firstCut(seam, WINDOW + shortest, WINDOW + inSeam);
            if (at >= 0) {
                return at - WINDOW;
            }
        }
        int at = finder.firstCut(buf, off + Math.max(shortest, WINDOW), off + room);
        return at < 0 ? -1 : at - off;
    }

    /** Keeps the last WINDOW bytes of the chunk at the front of the seam. */
    private void remember(byte[] buf, int off, int len) {
        int fresh = Math.min(len, WINDOW);
        System.arraycopy(seam, fresh, seam, 0, WINDOW - fresh);
        System.arraycopy(buf, off + len - fresh, seam, WINDOW - fresh, fresh);
    }
}
