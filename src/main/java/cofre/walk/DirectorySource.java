package cofre.walk;

import cofre.path.RawPath;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.source.SourceId.Kind;
import cofre.source.TreeOpener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plain directory, read as it is while it may change: for trying cofre out where there is no ZFS. Nothing is frozen, so
 * {@link Frozen#isConsistent()} is false and there is nothing to settle. A {@link Request}'s root is what is read.
 */
public final class DirectorySource implements SnapshotSource {
    private final TreeOpener opener;
    private final Clock clock;

    /** Opens by {@code opener}; views get {@code clock}'s time. */
    public DirectorySource(TreeOpener opener, Clock clock) {
        this.opener = opener;
        this.clock = clock;
    }

    @Override
    public SourceId identify(Request request) throws SourceException {
        inodeOf(request.root());
        return new SourceId(
                Kind.DIRECTORY, request.root().toString(), request.root().toString());
    }

    @Override
    public List<Frozen> freeze(List<Request> requests, String runId) throws SourceException {
        List<Frozen> views = new ArrayList<>();
        for (Request request : requests) {
            views.add(new Live(identify(request), request.root(), inodeOf(request.root()), clock.instant()));
        }
        return List.copyOf(views);
    }

    @Override
    public void settle(Frozen committed) {}

    @Override
    public void abandon(Frozen failed) {}

    private SourceDir open(RawPath path) throws SourceException {
        return opener.open(path, Optional.empty(), "directory " + path);
    }

    private long inodeOf(RawPath path) throws SourceException {
        try (SourceDir dir = open(path)) {
            return dir.stat().inode();
        }
    }

    private final class Live implements Frozen {
        private final SourceId source;
        private final RawPath path;
        private final long inode;
        private final Instant time;

        Live(SourceId source, RawPath path, long inode, Instant time) {
            this.source = source;
            this.path = path;
            this.inode = inode;
            this.time = time;
        }

        @Override
        public SourceId source() {
            return source;
        }

        @Override
        public String label() {
            return path.toString();
        }

        @Override
        public String viewId() {
            return "";
        }

        @Override
        public Instant time() {
            return time;
        }

        @Override
        public boolean isConsistent() {
            return false;
        }

        /** Another directory under the same path (a link turned, a disk mounted over it) is not what was asked for. */
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
            SourceDir root = open(path);
            try {
                long now = root.stat().inode();
                if (now != inode) {
                    throw new SourceException.SnapshotGone(
                            "cannot read directory " + path + ": it has inode " + now + " now vs " + inode
                                    + " when the run began; the run was not completed; run the backup again",
                            null);
                }
                return root;
            } catch (SourceException e) {
                root.close();
                throw e;
            }
        }

        @Override
        public void verifyStillThere() throws SourceException {
            openRoot().close();
        }

        @Override
        public void close() {}
    }
}
