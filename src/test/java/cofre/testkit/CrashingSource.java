package cofre.testkit;

import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.source.SourceId;
import java.util.List;

/** A source as a process that may die sees it. */
public final class CrashingSource implements SnapshotSource {
    private final SnapshotSource inner;
    private final CrashPoint point;

    public CrashingSource(SnapshotSource inner, CrashPoint point) {
        this.inner = inner;
        this.point = point;
    }

    @Override
    public SourceId identify(Request request) throws SourceException {
        return point.<SourceId, SourceException>run("identify", () -> inner.identify(request));
    }

    @Override
    public List<Frozen> freeze(List<Request> requests, String runId) throws SourceException {
        return point.<List<Frozen>, SourceException>run("freeze", () -> inner.freeze(requests, runId));
    }

    @Override
    public void settle(Frozen committed) throws SourceException {
        point.<Boolean, SourceException>run("settle", () -> {
            inner.settle(committed);
            return true;
        });
    }

    @Override
    public void abandon(Frozen failed) throws SourceException {
        point.<Boolean, SourceException>run("abandon", () -> {
            inner.abandon(failed);
            return true;
        });
    }
}
