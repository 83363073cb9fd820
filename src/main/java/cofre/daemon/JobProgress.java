package cofre.daemon;

import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.progress.ProgressReport;
import cofre.progress.Ticker;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what a job does. Adding is lock-free: chunks are counted by many threads. */
final class JobProgress implements Progress {
    /** The rate is that of the last ten seconds: steady enough to read, quick enough to show a stall. */
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final Ticker ticker;
    private final Consumer<JobMessage> messages;
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private final long begun;
    private String phase = "";
    private long filesTotal;
    private long bytesTotal;

    private record Sample(long nanos, long bytes) {}

    JobProgress(Ticker ticker, Consumer<JobMessage> messages) {
        this.ticker = ticker;
        this.messages = messages;
        this.begun = ticker.nanos();
        samples.add(new Sample(begun, 0));
    }

    @Override
    public synchronized void phase(String name) {
        phase = name;
        files.reset();
        bytes.reset();
        filesTotal = 0;
        bytesTotal = 0;
        samples.clear();
        samples.add(new Sample(ticker.nanos(), 0));
    }

    @Override
    public synchronized void total(long newFiles, long newBytes) {
        filesTotal = newFiles;
        bytesTotal = newBytes;
    }

    @Override
    public void add(long moreFiles, long moreBytes) {
        files.add(moreFiles);
        bytes.add(moreBytes);
    }

    @Override
    public void message(Level level, String text) {
        messages.accept(new JobMessage(level, text));
    }

    /** How far it has come by now. */
    synchronized ProgressReport report() {
        long now = ticker.nanos();
        long done = bytes.sum();
        samples.add(new Sample(now, done));
        while (samples.size() > 2 && now - samples.peekFirst().nanos > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample oldest = samples.peekFirst();
        double seconds = (now - oldest.nanos) / 1e9;
        long rate = seconds <= 0 ? 0 : (long) ((done - oldest.bytes) / seconds);
        return new ProgressReport(
                phase, files.sum(), filesTotal, done, bytesTotal, Math.max(0, rate), (now - begun) / 1_000_000);
    }
}
