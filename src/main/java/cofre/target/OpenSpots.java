package cofre.target;

import cofre.posix.Fd;
import cofre.posix.FileIo;
import cofre.posix.FileStat;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.restore.TargetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Holds as many spots open as it may, and opens the others again when they are needed: a tree of any depth and any number
 * of unfinished files take a bounded number of descriptors. Thread-safe.
 */
final class OpenSpots implements AutoCloseable {
    private static final OpenFlags PARTIAL = OpenFlags.READ_WRITE.noFollow().nonBlock();

    private final FileIo files;
    private final Posix posix;
    private final int limit;
    private final Set<Spot> idle = new LinkedHashSet<>(); // open, not leased, longest unused first; guarded by this
    private int open; // guarded by this
    private boolean closed; // guarded by this

    /** @param limit how many may be open besides those in use */
    OpenSpots(Posix posix, int limit) {
        this.posix = posix;
        this.files = posix.files();
        this.limit = limit;
    }

    /** Keeps a spot open. */
    final class Lease implements AutoCloseable {
        private final Spot spot;

        private Lease(Spot spot) {
            this.spot = spot;
        }

        Fd fd() {
            return spot.fd; // cannot change while leased
        }

        @Override
        public void close() {
            release(spot);
        }
    }

    /** Takes over what was just opened; the caller's until the lease is closed. */
    synchronized Lease adopt(Spot spot, Fd fd) {
        spot.fd = fd;
        spot.leases = 1;
        open++;
        shrink();
        return new Lease(spot);
    }

    /** Opens the spot unless it is open, and every directory on the way to it. */
    Lease lease(Spot spot) throws TargetException {
        if (tryLease(spot)) {
            return new Lease(spot);
        }
        Deque<Spot> way = new ArrayDeque<>(); // to be opened, the outermost first
        Spot at = spot;
        while (!tryLease(at)) {
            way.push(at);
            at = at.parent; // the root is always open
        }
        while (!way.isEmpty()) {
            Spot next = way.pop();
            try {
                reopen(at, next);
            } finally {
                release(at);
            }
            at = next;
        }
        return new Lease(spot);
    }

    private synchronized boolean tryLease(Spot spot) {
        if (closed) {
            throw new IllegalStateException("cannot use the target: it is closed");
        }
        if (spot.fd == null) {
            return false;
        }
        idle.remove(spot);
        spot.leases++;
        return true;
    }

    /** Opens a spot in its leased parent and leases it. What is there now must be what was there then. */
    private void reopen(Spot parent, Spot spot) throws TargetException {
        Fd fd = null;
        try {
            fd = files.openAt(parent.fd, spot.name, spot.isDirectory ? OpenFlags.REAL_DIRECTORY : PARTIAL);
            FileStat stat = posix.directories().stat(fd);
            if (!spot.is(stat)) {
                throw Faults.replaced(spot.path());
            }
        } catch (PosixException e) {
            throw Faults.entry("open again", spot.path(), e);
        } catch (TargetException e) {
            fd.close();
            throw e;
        }
        install(spot, fd);
    }

    /** Somebody else may have opened it at the same time. */
    private synchronized void install(Spot spot, Fd fd) {
        if (spot.fd == null) {
            spot.fd = fd;
            open++;
        } else {
            fd.close();
            idle.remove(spot);
        }
        spot.leases++;
        shrink();
    }

    private synchronized void release(Spot spot) {
        spot.leases--;
        if (spot.leases == 0 && spot.parent != null && spot.fd != null) {
            idle.add(spot);
            shrink();
        }
    }

    private void shrink() {
        Iterator<Spot> oldest = idle.iterator();
        while (open > limit && oldest.hasNext()) {
            Spot spot = oldest.next();
            oldest.remove();
            close(spot);
        }
    }

    /** Closes the spot if nobody uses it just now. */
    synchronized void drop(Spot spot) {
        if (idle.remove(spot)) {
            close(spot);
        }
    }

    private void close(Spot spot) {
        spot.fd.close();
        spot.fd = null;
        open--;
    }

    /** How many are open now, for tests. */
    synchronized int openCount() {
        return open;
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(spot -> spot.fd.close());
        idle.clear();
    }
}
