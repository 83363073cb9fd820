package cofre.change;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What every object of one share was as of one restore point: the directories that name it, each as often as it does, and
 * its ctime. Kept in a directory of its own; look-ups take no memory beyond a bounded number of pages.
 *
 * <p>The share's root is the directory {@link #ROOT_DIR} here, whatever its inode number in a view; it has no parent and
 * is always known. Other numbers are from 2 to the limit given.
 *
 * <p>Edits are allowed from {@link #begin} to {@link #commit}. After a crash in between there is no catalogue: {@link
 * CatalogueStore#open} finds none. After any exception it can only be closed. Thread-safe; a look-up costs well below a
 * microsecond when its page is in memory, else one read of 4 KiB.
 */
public final class Catalogue implements AutoCloseable {
    /** The share's root. ZFS's own object 1 is the master node, which is no file. */
    public static final long ROOT_DIR = 1;
    /** How many directories can be remembered to be listed again. */
    public static final int MAX_LIST_AGAIN = 1000;
    /** How many characters the facts can have together. */
    public static final int MAX_FACTS = 32 << 10;
    /**
     * A ctime this near the moment of the view is not kept. Clocks of file systems tick in milliseconds, and a snapshot can
     * be taken within a tick: then a change before and one after have the same ctime. The moment of the view is that of its
     * transaction group's end, which on a busy pool is minutes later.
     */
    static final long RACY_SECONDS = 600;

    private final CatalogueFiles files;
    private final long maxObject;
    private List<Long> listAgain;
    private Map<String, String> facts;
    private Instant keptBefore = Instant.MIN;
    private State state;

    private enum State {
        WHOLE,
        EDITED,
        FAILED
    }

    Catalogue(CatalogueFiles files, long maxObject, Optional<CatalogueHead> head) {
        this.files = files;
        this.maxObject = maxObject;
        listAgain = head.map(CatalogueHead::listAgain).orElse(List.of());
        facts = head.map(CatalogueHead::facts).orElse(Map.of());
        state = State.WHOLE;
    }

    /** Whether the object is in it. */
    public synchronized boolean knows(long object) throws CatalogueException {
        return object == ROOT_DIR || guarded(() -> isKept(object));
    }

    /** The directories that name it, each as often as it does; none for the root and for an object that is not known. {@code parents} must not edit. */
    public synchronized void parents(long object, LongConsumer parents) throws CatalogueException {
        guarded(() -> {
            if (fits(object)) {
                files.parents(object, parents);
            }
            return true;
        });
    }

    /** Its {@link ChangeTime}; {@link ChangeTime#NONE} when it is not known, or was too fresh to tell a later change. */
    public synchronized long ctime(long object) throws CatalogueException {
        return guarded(() -> isKept(object) ? files.ctime(object) : ChangeTime.NONE);
    }

    /** The smallest object known that is at least {@code from} and is not the root, or -1. */
    public synchronized long next(long from) throws CatalogueException {
        return guarded(() -> files.next(Math.max(from, 0)));
    }

    /** Directories to be listed again next time. */
    public synchronized List<Long> listAgain() {
        return listAgain;
    }

    /** What else was to be known. */
    public synchronized Map<String, String> facts() {
        return facts;
    }

    /**
     * Edits may follow. When this returns, the catalogue on disk is valid for nothing.
     *
     * @param shown the moment the view shows from which the edits come
     */
    public synchronized void begin(Instant shown) throws CatalogueException {
        guarded(() -> {
            files.invalidate();
            return true;
        });
        keptBefore = shown.minusSeconds(RACY_SECONDS);
        state = State.EDITED;
    }

    /**
     * One more entry in {@code dir} names the object.
     *
     * @param ctime its {@link ChangeTime}
     * @throws CatalogueException.TooLarge when one of the numbers is beyond the limit
     */
    public synchronized void link(long object, long dir, long ctime) throws CatalogueException {
        edit(() -> {
            requireFit(object, 2);
            requireFit(dir, ROOT_DIR);
            files.link(object, dir, kept(ctime));
            return true;
        });
    }

    /**
     * One entry less in {@code dir} names the object; without any it is forgotten.
     *
     * @return whether there was such an entry
     */
    public synchronized boolean unlink(long object, long dir) throws CatalogueException {
        return edit(() -> fits(object) && files.unlink(object, dir));
    }

    /**
     * Its ctime is another now.
     *
     * @return whether it is known
     */
    public synchronized boolean touch(long object, long ctime) throws CatalogueException {
        return edit(() -> isKept(object) && files.touch(object, kept(ctime)));
    }

    /** The object is not known any more; it need not have been. */
    public synchronized void forget(long object) throws CatalogueException {
        forgetRange(object, 1);
    }

    /** None of {@code count} objects from {@code first} on is known any more. Costs no more than what is known of them. */
    public synchronized void forgetRange(long first, long count) throws CatalogueException {
        edit(() -> {
            long start = Math.max(first, 0);
            long end = first > Long.MAX_VALUE - count ? Long.MAX_VALUE : first + count;
            for (long o = files.next(start); o >= 0 && o < end; o = files.next(o + 1)) {
                files.forget(o);
            }
            return true;
        });
    }

    /** These directories, at most {@link #MAX_LIST_AGAIN}, are to be listed again next time. */
    public synchronized void listAgain(List<Long> dirs) throws CatalogueException {
        edit(() -> {
            if (dirs.size() > MAX_LIST_AGAIN) {
                throw new CatalogueException.TooLarge("cannot remember " + dirs.size() + " directories to be listed"
                        + " again vs at most " + MAX_LIST_AGAIN + "; the share is walked next time; see why they"
                        + " cannot be read");
            }
            listAgain = List.copyOf(dirs);
            return true;
        });
    }

    /** This is to be known next time, instead of what was; at most {@link #MAX_FACTS} characters. */
    public synchronized void facts(Map<String, String> all) throws CatalogueException {
        edit(() -> {
            long length = all.entrySet().stream()
                    .mapToLong(f -> (long) f.getKey().length() + f.getValue().length())
                    .sum();
            if (length > MAX_FACTS) {
                throw new CatalogueException.TooLarge("cannot remember facts of " + length + " characters vs at most "
                        + MAX_FACTS + "; the share is walked next time; report this");
            }
            facts = Map.copyOf(all);
            return true;
        });
    }

    /**
     * The edits are all. When this returns the catalogue is valid for this restore point and this view, on stable storage.
     *
     * @param point the snapshot's id, at most 64 characters
     * @param viewId the frozen view's id, at most 64 characters
     */
    public synchronized void commit(String point, String viewId) throws CatalogueException {
        if (point.length() > CatalogueHead.MAX_ID || viewId.length() > CatalogueHead.MAX_ID) {
            throw new IllegalArgumentException("cannot commit a catalogue: an id longer than " + CatalogueHead.MAX_ID);
        }
        edit(() -> {
            files.publish(point, viewId, listAgain, facts);
            return true;
        });
        state = State.WHOLE;
    }

    /** Lets go of its files. What was edited and not committed is lost, and the catalogue with it. */
    @Override
    public synchronized void close() {
        state = State.FAILED;
        files.close();
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws CatalogueException;
    }

    private <T> T edit(Step<T> step) throws CatalogueException {
        if (state == State.WHOLE) {
            throw new IllegalStateException("a catalogue is edited between begin and commit only");
        }
        return guarded(step);
    }

    /** Whatever goes wrong may have left half of an edit: nothing may be read from it or made valid then. */
    private <T> T guarded(Step<T> step) throws CatalogueException {
        if (state == State.FAILED) {
            throw new IllegalStateException("a catalogue that failed or is closed is of no more use");
        }
        boolean done = false;
        try {
            T result = step.run();
            done = true;
            return result;
        } finally {
            if (!done) {
                state = State.FAILED;
            }
        }
    }

    private long kept(long ctime) {
        return ChangeTime.isBefore(ctime, keptBefore) ? ctime : ChangeTime.NONE;
    }

    private boolean fits(long object) {
        return object > ROOT_DIR && object <= maxObject;
    }

    private boolean isKept(long object) throws CatalogueException {
        return fits(object) && files.isUsed(object);
    }

    private void requireFit(long number, long least) throws CatalogueException {
        if (number < least || number > maxObject) {
            throw new CatalogueException.TooLarge("cannot catalogue object " + number + " vs " + least + " to "
                    + maxObject + "; the share is walked every time; report this");
        }
    }
}
