package cofre.backup;

import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run could not read: each is reported at once, all are counted, the first ones are kept for the result.
 * Thread-safe.
 */
final class Unreadable {
    /** A disk that dies must not fill the memory with its complaints. */
    private static final int KEPT = 1000;

    private final Progress progress;
    private final List<String> first = new ArrayList<>();
    private long count;

    Unreadable(Progress progress) {
        this.progress = progress;
    }

    synchronized void add(RawPath path, String why) {
        count++;
        String text = path + ": " + why;
        if (first.size() < KEPT) {
            first.add(text);
        }
        progress.message(Level.WARNING, text);
    }

    synchronized long count() {
        return count;
    }

    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
