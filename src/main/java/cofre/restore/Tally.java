package cofre.restore;

import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a restore does. What failed is reported at once, all is counted, the first ones are kept. Thread-safe. */
final class Tally {
    /** A target that refuses everything must not fill the memory with its complaints. */
    private static final int KEPT = 1000;

    final AtomicLong files = new AtomicLong();
    final AtomicLong directories = new AtomicLong();
    final AtomicLong others = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong unchanged = new AtomicLong();
    final AtomicLong kept = new AtomicLong();
    final AtomicLong verified = new AtomicLong();

    private final Progress progress;
    private final List<RestoreReport.Failed> failed = new ArrayList<>(); // guarded by this, as are the next two
    private long failedCount;
    private final Map<Lack.Kind, RestoreReport.Lacking> lacks = new EnumMap<>(Lack.Kind.class);

    Tally(Progress progress) {
        this.progress = progress;
    }

    synchronized void failed(RawPath path, String why) {
        failedCount++;
        if (failed.size() < KEPT) {
            failed.add(new RestoreReport.Failed(path.toString(), why));
        }
        progress.message(Level.ERROR, path + ": " + why);
    }

    /** The first of a kind is said at once; the others, mostly thousands of the same, are counted. */
    void lacking(List<Lack> list) {
        if (!list.isEmpty()) {
            list.forEach(this::lacking);
        }
    }

    private synchronized void lacking(Lack lack) {
        RestoreReport.Lacking before = lacks.get(lack.kind());
        if (before == null) {
            progress.message(Level.WARNING, lack.why() + "; further ones of the kind are counted only");
        }
        long count = before == null ? 1 : before.count() + 1;
        String example = before == null ? lack.why() : before.example();
        lacks.put(lack.kind(), new RestoreReport.Lacking(lack.kind(), count, example));
    }

    void fileWritten(long length) {
        files.incrementAndGet();
        bytes.addAndGet(length);
        progress.add(1, 0);
    }

    void bytesDone(long count) {
        progress.add(0, count);
    }

    /** A file that needs no writing, of this length. */
    void fileUnchanged(long length) {
        unchanged.incrementAndGet();
        progress.add(1, length);
    }

    /** An entry that stays as it is, of this length. */
    void entryKept(long length) {
        kept.incrementAndGet();
        progress.add(1, length);
    }

    void message(Level level, String text) {
        progress.message(level, text);
    }

    synchronized RestoreReport report(RestoreRequest request, String target) {
        return new RestoreReport(
                request.point(),
                target,
                request.dryRun(),
                files.get(),
                directories.get(),
                others.get(),
                bytes.get(),
                unchanged.get(),
                kept.get(),
                verified.get(),
                failedCount,
                failed,
                List.copyOf(lacks.values()));
    }
}
