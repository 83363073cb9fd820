package cofre.process;

import cofre.path.Display;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Reads one pipe of a process in a thread of its own, so that the process can never block on a full pipe. Keeps up to a
 * bound and reads the rest for nothing.
 */
final class Drain {
    private final InputStream pipe;
    private final int maxBytes;
    private final Runnable onOverflow;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;
    private boolean ended;
    private boolean overflown;

    Drain(InputStream pipe, int maxBytes, Runnable onOverflow) {
        this.pipe = pipe;
        this.maxBytes = maxBytes;
        this.onOverflow = onOverflow;
        this.reader = new Thread(this::read, "program-pipe");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try {
            int n = pipe.read(buffer);
            while (n >= 0) {
                keep(buffer, n);
                n = pipe.read(buffer);
            }
            synchronized (this) {
                ended = true;
            }
        } catch (IOException e) {
            // The process was killed while it wrote: the end was not seen, which is what sawEnd() says.
        }
    }

    private void keep(byte[] buffer, int n) {
        boolean first = false;
        synchronized (this) {
            kept.write(buffer, 0, Math.min(n, maxBytes - kept.size()));
            if (n > 0 && kept.size() == maxBytes && !overflown) {
                overflown = true;
                first = true;
            }
        }
        if (first) {
            onOverflow.run();
        }
    }

    /** Waits for the pipe's end, at most {@code grace}; an interrupt ends the waiting and stays set. */
    void finish(Duration grace) {
        try {
            reader.join(grace.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean sawEnd() {
        return ended && !overflown;
    }

    synchronized boolean isOverflown() {
        return overflown;
    }

    synchronized String latin1() {
        return kept.toString(StandardCharsets.ISO_8859_1);
    }

    /** The bytes as safe text in one line. */
    synchronized String shown() {
        return latin1().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> Display.text(line.getBytes(StandardCharsets.ISO_8859_1)))
                .collect(Collectors.joining("; "));
    }
}
