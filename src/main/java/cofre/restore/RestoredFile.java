package cofre.restore;

import cofre.format.Node;
import cofre.path.RawPath;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file on its way. Its pieces come from several threads in any order; whoever brings the last one finishes it. A file
 * with a piece missing never gets its name. Thread-safe.
 */
final class RestoredFile {
    private final OpenDir dir;
    private final Node node;
    private final Tally tally;
    private final AtomicInteger missing = new AtomicInteger(1); // being planned
    private volatile String failure = "";
    private long length;
    private TargetFile out; // guarded by this
    private volatile boolean written;

    RestoredFile(OpenDir dir, Node node, Tally tally) {
        this.dir = dir;
        this.node = node;
        this.tally = tally;
    }

    OpenDir dir() {
        return dir;
    }

    Node node() {
        return node;
    }

    Node.FileBody body() {
        return (Node.FileBody) node.body();
    }

    RawPath path() {
        return dir.path(node.name());
    }

    /** Whether it stands under its name, complete. */
    boolean isWritten() {
        return written;
    }

    /** Why it cannot be had; empty when nothing is wrong so far. */
    String failure() {
        return failure;
    }

    /** One more piece will come. */
    void expect() {
        missing.incrementAndGet();
    }

    /** All pieces are expected: together they are so long. */
    void planned(long wholeLength) {
        length = wholeLength; // seen by whoever finishes: the countdown orders it
    }

    /** Something is wrong with a piece: the first reason is kept. */
    void fail(String why) {
        if (failure.isEmpty()) {
            failure = why;
        }
    }

    /** Writes a part of a piece. */
    void write(long offset, byte[] bytes, int at, int count) throws TargetException {
        if (!failure.isEmpty()) {
            return;
        }
        try {
            out().write(offset, bytes, at, count);
        } catch (TargetException.Entry e) {
            fail(e.getMessage());
        }
    }

    private synchronized TargetFile out() throws TargetException {
        if (out == null) {
            out = dir.target().orElseThrow().create(node.name());
        }
        return out;
    }

    /** A piece, or the planning, is done. True when it was the last and the file is finished or given up. */
    boolean pieceDone() throws TargetException {
        if (missing.decrementAndGet() > 0) {
            return false;
        }
        try {
            if (failure.isEmpty()) {
                tally.lacking(out().finish(length, node.metadata()));
                written = true;
                tally.fileWritten(length);
            }
        } catch (TargetException.Entry e) {
            fail(e.getMessage());
        }
        if (!failure.isEmpty()) {
            discard();
            tally.failed(path(), failure);
        }
        return true;
    }

    /** Removes what is there of it, unless it is whole. */
    synchronized void discard() {
        if (out != null && !written) {
            out.discard();
            out = null;
        }
    }
}
