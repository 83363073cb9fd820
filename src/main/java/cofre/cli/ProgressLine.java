package cofre.cli;

import cofre.progress.ProgressReport;
import java.io.PrintStream;

/** One line at the bottom of a terminal, written over again and again. */
final class ProgressLine implements ProgressView {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private final int columns;
    private boolean shown;

    ProgressLine(PrintStream err, int columns) {
        this.err = err;
        this.columns = columns;
    }

    @Override
    public void show(ProgressReport report) {
        String text = ProgressView.describe(report);
        // One column stays free: a terminal that is written full begins a new line.
        err.print(ERASE + (text.length() < columns ? text : text.substring(0, Math.max(0, columns - 1))));
        err.flush();
        shown = true;
    }

    @Override
    public void clear() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }
}
