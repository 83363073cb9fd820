package cofre.zfs;

import cofre.source.ChangeListener;
import java.io.IOException;
import java.io.InputStream;

/** Reads what {@code zfs diff -FHt} prints, line by line in one buffer, and tells the paths. For one use. */
final class DiffReader {
    /** Two paths of 8 KiB below two mount points of 4 KiB, every byte written as five, and what stands before them. */
    static final int MAX_LINE = 128 << 10;

    private final DiffLine line;
    private final byte[] buffer = new byte[2 * MAX_LINE];
    private long count;

    /** @param mountPoint where the dataset is mounted, as zfs prints it before every path, not escaped */
    DiffReader(byte[] mountPoint, ChangeListener listener) {
        this.line = new DiffLine(mountPoint, listener);
    }

    /** Reads all of it. @throws GarbledDiff when a line is not as it must be, or the last one is cut */
    void read(InputStream in) throws IOException {
        int kept = 0;
        int n = in.read(buffer);
        while (n >= 0) {
            int end = kept + n;
            int from = lines(kept, end);
            kept = end - from;
            if (kept >= MAX_LINE) {
                throw new GarbledDiff(count + 1, "longer than " + MAX_LINE + " bytes");
            }
            System.arraycopy(buffer, from, buffer, 0, kept);
            n = in.read(buffer, kept, buffer.length - kept);
        }
        if (kept > 0) {
            throw new GarbledDiff(count + 1, "cut off");
        }
    }

    /** All whole lines; where the next one begins. */
    private int lines(int unseen, int end) throws GarbledDiff {
        int from = 0;
        for (int at = unseen; at < end; at++) {
            if (buffer[at] == '\n') {
                count++;
                line.tell(buffer, from, at, count);
                from = at + 1;
            }
        }
        return from;
    }

    /** A line is not one of {@code zfs diff}. */
    static final class GarbledDiff extends IOException {
        private static final long serialVersionUID = 1;

        GarbledDiff(long number, String fault) {
            super("line " + number + " is " + fault);
        }
    }
}
