package cofre.control;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;

/**
 * What a caller is still to get. Bounded: progress lines replace each other, lines that cannot wait cut a caller that does
 * not read, lines that can wait wait. One thread writes ({@link #drainTo}), any thread puts.
 */
final class Outbox {
    private final int maxBytes;
    private final long stallNanos;
    private final Runnable onBreak;
    private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
    private byte[] progress;
    /** In the queue and in the writer's hands. */
    private int bytes;

    private int writing;
    private boolean finished;
    private boolean broken;

    /** @param onBreak ends a write that waits for the caller; called at most once */
    Outbox(ControlLimits limits, Runnable onBreak) {
        this.onBreak = onBreak;
        this.maxBytes = limits.outboxBytes();
        this.stallNanos = limits.stall().toNanos();
    }

    /** Keeps the newest progress line only. */
    synchronized void progress(byte[] line) {
        if (!finished && !broken) {
            progress = line;
            notifyAll();
        }
    }

    /** Puts a line; false when the caller is gone or was cut for not reading. */
    synchronized boolean put(byte[] line) {
        if (broken || finished) {
            return false;
        }
        if (bytes + line.length > maxBytes && bytes > 0) {
            breakOff();
            return false;
        }
        add(line);
        return true;
    }

    /** Puts a line, waiting for room; false when the caller is gone or read nothing for too long. */
    synchronized boolean putWaiting(byte[] line) throws InterruptedException {
        waitUntilAtMost(maxBytes - line.length);
        if (broken || finished) {
            return false;
        }
        add(line);
        return true;
    }

    /** Waits until the caller has taken all of it; cuts it when it takes nothing for too long. */
    synchronized void awaitTaken() throws InterruptedException {
        waitUntilAtMost(0);
    }

    private void waitUntilAtMost(int wanted) throws InterruptedException {
        int before = bytes;
        long since = System.nanoTime();
        while (!broken && bytes > Math.max(0, wanted)) {
            long left = stallNanos - (System.nanoTime() - since);
            if (left <= 0) {
                breakOff();
                return;
            }
            wait(left / 1_000_000 + 1);
            if (bytes != before) {
                before = bytes;
                since = System.nanoTime();
            }
        }
    }

    private void add(byte[] line) {
        lines.add(line);
        bytes += line.length;
        notifyAll();
    }

    /** Puts the last line whatever is there already; nothing can be put after it. */
    synchronized void finish(byte[] line) {
        if (!finished && !broken) {
            progress = null;
            add(line);
            finished = true;
        }
    }

    /** Ends the writing: the caller is gone. */
    synchronized void breakOff() {
        if (!broken) {
            broken = true;
            notifyAll();
            onBreak.run();
        }
    }

    synchronized boolean isBroken() {
        return broken;
    }

    /** Writes until the last line is out; false when it did not come to that. */
    boolean drainTo(OutputStream out) throws InterruptedException {
        try {
            byte[] line = next();
            while (line != null) {
                out.write(line);
                out.flush();
                line = next();
            }
            return !isBroken();
        } catch (IOException e) {
            breakOff();
            return false;
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        bytes -= writing;
        writing = 0;
        notifyAll();
        while (!broken && !finished && lines.isEmpty() && progress == null) {
            wait();
        }
        byte[] line = null;
        if (!broken && !lines.isEmpty()) {
            line = lines.poll();
            writing = line.length;
        } else if (!broken && progress != null) {
            line = progress;
            progress = null;
        }
        return line;
    }
}
