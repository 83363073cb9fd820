package cofre.testkit;

import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.source.SourceId.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A source in memory for the tests of what is built on the port: one tree per source name. Looks like ZFS (a guid, whole
 * seconds, consistent). Remembers what was settled and abandoned, by view id.
 */
public final class MemorySource implements SnapshotSource {
    private final Clock clock;
    private final Map<String, MemoryNode> trees = new LinkedHashMap<>();
    private final List<String> settled = new ArrayList<>();
    private final List<String> abandoned = new ArrayList<>();
    private final List<String> destroyed = new ArrayList<>();
    private long views = 7000;

    /** Views get this clock's time. */
    public MemorySource(Clock clock) {
        this.clock = clock;
    }

    /** The live tree of a source, made empty when it is not there. */
    public MemoryNode tree(String source) {
        return trees.computeIfAbsent(source, s -> MemoryNode.root());
    }

    /** Lets a view vanish, as if somebody had destroyed the snapshot. */
    public void destroy(String viewId) {
        destroyed.add(viewId);
    }

    /** View ids in the order they were settled. */
    public List<String> settled() {
        return List.copyOf(settled);
    }

    /** View ids in the order they were abandoned. */
    public List<String> abandoned() {
        return List.copyOf(abandoned);
    }

    @Override
    public SourceId identify(Request request) throws SourceException {
        if (!trees.containsKey(request.source())) {
            throw new SourceException.DatasetGone("cannot find dataset " + request.source() + ": none vs one", null);
        }
        return new SourceId(Kind.ZFS, Integer.toUnsignedString(request.source().hashCode()), request.source());
    }

    @Override
    public List<Frozen> freeze(List<Request> requests, String runId) throws SourceException {
        for (Request request : requests) {
            identify(request);
        }
        List<Frozen> frozen = new ArrayList<>();
        for (Request request : requests) {
            frozen.add(new View(identify(request), trees.get(request.source()).copy(), String.valueOf(views++)));
        }
        return frozen;
    }

    @Override
    public void settle(Frozen committed) {
        settled.add(committed.viewId());
    }

    @Override
    public void abandon(Frozen failed) {
        abandoned.add(failed.viewId());
    }

    private final class View implements Frozen {
        private final SourceId source;
        private final MemoryNode tree;
        private final String id;
        private final Instant time = clock.instant().truncatedTo(ChronoUnit.SECONDS);

        View(SourceId source, MemoryNode tree, String id) {
            this.source = source;
            this.tree = tree;
            this.id = id;
        }

        @Override
        public SourceId source() {
            return source;
        }

        @Override
        public String label() {
            return source.name() + "@view-" + id;
        }

        @Override
        public String viewId() {
            return id;
        }

        @Override
        public Instant time() {
            return time;
        }

        @Override
        public boolean isConsistent() {
            return true;
        }

        @Override
        public boolean isWholeSource() {
            return true;
        }

        @Override
        public boolean timesCoverAttributes() {
            return true;
        }

        @Override
        public SourceDir openRoot() throws SourceException {
            verifyStillThere();
            return tree.open();
        }

        @Override
        public void verifyStillThere() throws SourceException {
            if (destroyed.contains(id)) {
                throw new SourceException.SnapshotGone("cannot find view " + label() + ": gone vs held", null);
            }
        }

        @Override
        public void close() {}
    }
}
