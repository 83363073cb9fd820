package cofre.cli;

import cofre.progress.ProgressReport;
import cofre.progress.Ticker;
import java.io.PrintStream;

/** A plain line now and then, for logs. */
final class ProgressLog implements ProgressView {
    /** Often enough to see that it lives, seldom enough to read a night's log. */
    private static final long EVERY_NANOS = 30_000_000_000L;

    private final PrintStream err;
    private final Ticker ticker;
    private long last;

    ProgressLog(PrintStream err, Ticker ticker) {
        this.err = err;
        this.ticker = ticker;
        this.last = ticker.nanos();
    }

    @Override
    public void show(ProgressReport report) {
        long now = ticker.nanos();
        if (now - last >= EVERY_NANOS) {
            last = now;
            err.println(ProgressView.describe(report));
        }
    }

    @Override
    public void clear() {}
}
