package cofre.backup;

import cofre.format.Node;
import cofre.format.Snapshot;
import cofre.source.Base;
import cofre.source.ChangeSource;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a run can look only at what changed, and how it finds that out. For one run. */
final class ChangeChoice {
    /** What looking at one entry costs in a walk, and what reading a stream costs; measured on a small machine. */
    private static final long WALK_NANOS_PER_FILE = 60_000;

    private static final long STREAM_BYTES_PER_SECOND = 300L << 20;
    private static final long NANOS = 1_000_000_000;
    /** A stream that takes less than this is never worth a walk. */
    private static final long ALWAYS_FAST_NANOS = 10 * NANOS;

    private final ShareTree.Parts parts;
    private final Tracking tracking;
    private final ChangeFinder finder;
    private String reason = "";

    ChangeChoice(ShareTree.Parts parts, Tracking tracking) {
        this.parts = parts;
        this.tracking = tracking;
        this.finder = new ChangeFinder(
                tracking.source(), tracking.catalogue(), parts.repository().reader(), parts.progress());
    }

    /** Why everything has to be looked at, when {@link #find} found nothing better. */
    String reason() {
        return reason;
    }

    /** What changed, if that can be known; otherwise there is a {@link #reason}. */
    Optional<ChangeApproach> find() throws SourceException, BackendException, InterruptedException {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            reason = obstacle.get();
            return Optional.empty();
        }
        LastRun last = tracking.last().orElseThrow();
        try {
            Optional<Base> base = tracking.source().base(parts.view(), last.viewId());
            if (base.isEmpty()) {
                reason = "the snapshot of the last restore point is gone, and there is no bookmark of it";
                return Optional.empty();
            }
            return by(base.get(), last);
        } catch (SourceException.ChangesUnknown
                | SourceException.ToolFailed
                | SourceException.Refused
                | SourceException.NotReady e) {
            reason = e.getMessage();
            return Optional.empty();
        }
    }

    /** Why what is known of the last run does not help. */
    private Optional<String> obstacle() {
        if (tracking.rules().wanted() == DetectionRules.Wanted.WALK) {
            return Optional.of("as was asked for");
        }
        if (tracking.last().isEmpty()) {
            return Optional.of("nothing is remembered of an earlier run");
        }
        LastRun last = tracking.last().get();
        if (!last.detection().distrust().isEmpty()) {
            return Optional.of(last.detection().distrust() + "; when you have looked into it, run: cofre trust "
                    + parts.job().share());
        }
        if (!last.sourceIdentity().equals(parts.view().source().identity())) {
            return Optional.of("it is another dataset than last time");
        }
        if (parts.parent().isEmpty()
                || !parts.parent().get().id().equals(last.point())
                || parts.parentRoot().isEmpty()) {
            return Optional.of("the last restore point made here is not in the repository any more");
        }
        return obstacleIn(parts.parent().get().snapshot(), last);
    }

    private Optional<String> obstacleIn(Snapshot parent, LastRun last) {
        if (!parent.excludes().equals(parts.job().excludes().patterns())) {
            return Optional.of("other files are excluded than last time");
        }
        if (!parent.paths().equals(List.of(parts.job().request().root().toString()))) {
            return Optional.of("the share is in another place than last time");
        }
        if (!parts.parentKeepsTheSame()) {
            return Optional.of("the last restore point does not keep all that is kept of files now");
        }
        if (parent.summary().isEmpty() || !(parts.parentRoot().get().body() instanceof Node.DirBody)) {
            return Optional.of("the last restore point does not say how much is in it");
        }
        Set<String> indexes = parts.repository().indexFiles();
        if (!indexes.containsAll(last.indexes())) {
            return Optional.of("the repository was pruned or repaired since the last restore point");
        }
        if (!parts.nodes().agreesWith(last.owners())) {
            return Optional.of("owners have other names on this host than last time");
        }
        return Optional.empty();
    }

    private Optional<ChangeApproach> by(Base base, LastRun last)
            throws SourceException, BackendException, InterruptedException {
        boolean wantsDiff = tracking.rules().isByDiff();
        if (!wantsDiff) {
            try {
                long bytes = tracking.source().estimate(base, parts.view());
                if (isWorthIt(bytes)) {
                    return Optional.of(
                            find(ChangeSource.Method.STREAM, "about " + bytes + " bytes to read", base, last));
                }
                reason = "the changes would be " + bytes + " bytes to read";
                return Optional.empty();
            } catch (SourceException.Refused e) {
                if (base.isBookmark()) {
                    throw e;
                }
            }
        }
        if (base.isBookmark()) {
            reason = "only a bookmark of the last restore point's snapshot is left";
            return Optional.empty();
        }
        String why = wantsDiff
                ? "as configured; it may leave out changes of files that had several links"
                : "zfs send is not permitted; it may leave out changes of files that had several links";
        return Optional.of(find(ChangeSource.Method.DIFF, why, base, last));
    }

    private ChangeApproach find(ChangeSource.Method method, String why, Base base, LastRun last)
            throws SourceException, BackendException, InterruptedException {
        Snapshot parent = parts.parent().orElseThrow().snapshot();
        Node.DirBody root = (Node.DirBody) parts.parentRoot().orElseThrow().body();
        return finder.find(
                method,
                why,
                base,
                parts.view(),
                new ChangeFinder.Parent(
                        last.point().hex(), last.viewId(), parent.time().toInstant(), root.subtree()),
                tracking.rules(),
                tracking.rules().partDue(last.detection(), parts.now()),
                parts.job().request().root(),
                parts.view().isWholeSource() && parts.job().excludes().isEmpty());
    }

    /** All that changed is read once for the list of changes, and again as far as it is new: a walk reads it once. */
    private boolean isWorthIt(long bytes) {
        long stream = Math.multiplyHigh(bytes, NANOS) == 0 ? bytes * NANOS / STREAM_BYTES_PER_SECOND : Long.MAX_VALUE;
        Snapshot.Summary all = parts.parent().orElseThrow().snapshot().summary().orElseThrow();
        long walk = Math.max(0, all.totalFilesProcessed()) * WALK_NANOS_PER_FILE;
        return stream <= ALWAYS_FAST_NANOS || stream <= walk || bytes <= all.totalBytesProcessed() / 4;
    }
}
