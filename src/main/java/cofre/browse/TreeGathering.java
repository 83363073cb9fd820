package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.FormatException;
import cofre.format.Node;
import cofre.format.TreeReader;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a directory and all below it to local disk. What is known to be whole there is not looked at again, so a second
 * point costs what changed. For one thread and one version.
 */
final class TreeGathering {
    private static final Logger LOG = LoggerFactory.getLogger(TreeGathering.class);

    /** Asked for together, so that neighbours in a pack come with one request. */
    private static final int BATCH = 512;

    private static final int MAX_PART = 8 << 20;

    /** Far longer than a store's own deadlines: only against waiting for ever. */
    private static final long PART_NANOS = Duration.ofHours(2).toNanos();

    private final Archive archive;
    private final Archive.Local local;
    private final long since;
    private final TreeTable seen = new TreeTable();
    private final Deque<BlobId> pending = new ArrayDeque<>();
    private long lookedAt;
    private long fetched;
    private boolean isWhole = true;

    /** @param since when the version was shown first: an index loaded before may not know all of it */
    TreeGathering(Archive archive, Archive.Local local, long since) {
        this.archive = archive;
        this.local = local;
        this.since = since;
    }

    /** One directory alone, fetched if it is not there. */
    Directory directory(BlobId id) throws BrowseException {
        Optional<byte[]> there = Directories.plain(local, id);
        if (there.isPresent()) {
            return Directories.directory(id, there.get(), there::get);
        }
        archive.readerSince(since);
        byte[] plain = new OneBlob(archive, (place, stored, at) -> Directories.keep(local.trees(), place, stored, at))
                .read(BlobHandle.tree(id));
        return Directories.directory(id, plain, () -> plain);
    }

    /** True when all is there; false when some of it is nowhere. */
    boolean gather(BlobId root) throws BrowseException {
        pending.push(root);
        List<BlobId> missing = new ArrayList<>();
        while (!pending.isEmpty()) {
            look(pending.pop(), missing);
            if (!missing.isEmpty() && (missing.size() >= BATCH || pending.isEmpty())) {
                fetch(missing);
                missing.clear();
            }
        }
        if (isWhole) {
            remember();
        }
        return isWhole;
    }

    private void look(BlobId id, List<BlobId> missing) throws BrowseException {
        long key = TreeTable.key(id);
        if (seen.find(key) != TreeTable.NOWHERE || local.trees().isComplete(id)) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new BrowseException.Unavailable("cannot go on: it was interrupted", null);
        }
        seen.put(key, 0);
        lookedAt++;
        Optional<byte[]> plain = Directories.plain(local, id);
        if (plain.isPresent()) {
            descend(id, plain.get());
        } else {
            missing.add(id);
        }
    }

    private void descend(BlobId id, byte[] plain) {
        try {
            below(plain).forEach(pending::push);
        } catch (FormatException e) {
            damaged(id, e.getMessage());
        }
    }

    private static List<BlobId> below(byte[] plain) throws FormatException {
        List<BlobId> below = new ArrayList<>();
        TreeReader reader = new TreeReader(plain);
        while (reader.hasNext()) {
            if (reader.next().body() instanceof Node.DirBody dir) {
                below.add(dir.subtree());
            }
        }
        return below;
    }

    private void damaged(BlobId id, String why) {
        isWhole = false;
        LOG.warn("directory of a version cannot be shown tree={} reason=\"{}\"", id, why);
    }

    private void fetch(List<BlobId> missing) throws BrowseException {
        List<BlobId> lost = new ArrayList<>();
        List<BlobPlace> places = new ArrayList<>();
        BlobReader reader = archive.readerSince(since);
        for (BlobId id : missing) {
            reader.locate(BlobHandle.tree(id)).ifPresentOrElse(places::add, () -> lost.add(id));
        }
        Kept kept = new Kept(lost);
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (PackPart part : PackPart.plan(places, MAX_PART)) {
            parts.add(part(reader, part, kept));
        }
        for (CompletableFuture<Void> part : parts) {
            Flights.await(part, PART_NANOS, "cannot fetch directories");
        }
        synchronized (kept) {
            kept.found.forEach(below -> below.forEach(pending::push));
        }
        for (BlobId id : lost) {
            again(id);
        }
    }

    private CompletableFuture<Void> part(BlobReader reader, PackPart part, Kept kept) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        archive.gathering().execute(() -> {
            try {
                archive.asked(() -> {
                    new PartReader(reader).read(part, kept);
                    return part;
                });
                done.complete(null);
            } catch (BrowseException | RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** By a newer index: others may have pruned meanwhile. */
    private void again(BlobId id) throws BrowseException {
        try {
            byte[] plain = new OneBlob(
                            archive, (place, stored, at) -> Directories.keep(local.trees(), place, stored, at))
                    .read(BlobHandle.tree(id));
            descend(id, plain);
        } catch (BrowseException.Damaged e) {
            damaged(id, e.getMessage());
        }
    }

    private void remember() throws BrowseException {
        List<Long> keys = new ArrayList<>();
        seen.forEach(keys::add);
        try {
            local.trees().complete(keys.stream().mapToLong(Long::longValue).toArray());
        } catch (IOException e) {
            LOG.warn("directories have to be looked through again after a restart cause={}", e.toString());
        }
    }

    /** How many directories were read. */
    long lookedAt() {
        return lookedAt;
    }

    /** How many of them came from the store. */
    long fetched() {
        return fetched;
    }

    /** Gets what several threads fetch. */
    private final class Kept implements PartReader.Blobs {
        private final List<BlobId> lost;
        private final List<List<BlobId>> found = new ArrayList<>();

        Kept(List<BlobId> lost) {
            this.lost = lost;
        }

        @Override
        public void opened(BlobPlace place, byte[] sealed, int at, byte[] plain) {
            Directories.keep(local.trees(), place, sealed, at);
            elsewhere(place.blob().blob(), plain);
        }

        /** Only what leads on is remembered: the trees themselves may be large. */
        @Override
        public void elsewhere(BlobHandle blob, byte[] plain) {
            try {
                List<BlobId> below = below(plain);
                synchronized (this) {
                    found.add(below);
                    fetched++;
                }
            } catch (FormatException e) {
                synchronized (this) {
                    damaged(blob.id(), e.getMessage());
                }
            }
        }

        @Override
        public synchronized void lost(BlobHandle blob, RepositoryException why) {
            lost.add(blob.id());
        }
    }
}
