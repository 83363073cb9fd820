package cofre.backup;

import java.util.concurrent.atomic.AtomicLong;

/** What a run counts while several threads work. Thread-safe. */
final class RunCounts {
    final AtomicLong filesNew = new AtomicLong();
    final AtomicLong filesChanged = new AtomicLong();
    final AtomicLong filesUnmodified = new AtomicLong();
    final AtomicLong dirsNew = new AtomicLong();
    final AtomicLong dirsChanged = new AtomicLong();
    final AtomicLong dirsUnmodified = new AtomicLong();
    final AtomicLong bytesProcessed = new AtomicLong();
    final AtomicLong bytesRead = new AtomicLong();
    /** Directories that were opened to see what is in them. */
    final AtomicLong dirsVisited = new AtomicLong();
    /** Entries whose metadata was asked of the file system. */
    final AtomicLong looks = new AtomicLong();

    /** Files that were looked at and are in the tree. */
    long files() {
        return filesNew.get() + filesChanged.get() + filesUnmodified.get();
    }
}
