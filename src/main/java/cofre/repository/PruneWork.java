package cofre.repository;

import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexWriter;
import cofre.repository.prune.GraceList;
import cofre.repository.prune.PrunePlan;
import cofre.repository.prune.PruneStep;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Carries out one plan, under a shared lock, in the order {@link PruneRun} promises. */
final class PruneWork {
    private final Repository repository;
    private final PruneScan scan;
    private final RepositoryLock lock;
    private final PruneOptions options;
    private final PruneMemory memory;
    private final Progress progress;
    private final BooleanSupplier stop;
    private final PruneMoments moments;
    private final PruneNews news;
    private final BlobIndex fresh = new BlobIndex();
    private final PruneLeaving leaving;
    private String unfinished = "";

    PruneWork(
            Repository repository,
            PruneScan scan,
            RepositoryLock lock,
            PruneOptions options,
            PruneMemory memory,
            Progress progress,
            BooleanSupplier stop) {
        this.repository = repository;
        this.scan = scan;
        this.lock = lock;
        this.options = options;
        this.memory = memory;
        this.progress = progress;
        this.stop = stop;
        this.moments = new PruneMoments(repository, lock, options, stop);
        this.news = new PruneNews(repository, scan);
        this.leaving = new PruneLeaving(scan, fresh, progress);
    }

    PruneReport run(PrunePlan plan) throws BackendException, RepositoryException, InterruptedException {
        lock.ensureValid();
        scan.files().writeNow(scan.revived());
        Map<PackId, Long> waiting = scan.unindexed();
        GraceList list = PruneRun.remembered(memory);
        list = list.after(repository.opened().engine().holder().clock().instant(), waiting.keySet(), options.grace());
        memory.remember(list.encode());
        Set<PackId> deleted = deleteRipe(list.ripe(options.grace()));
        list = list.without(deleted);
        BlobSink.Counts copied = copy(plan);
        progress.phase("verifying");
        leaving.verifyStaying();
        Set<PackId> dropped = drop();
        list = list.with(dropped);
        memory.remember(list.encode());
        return report(plan, copied, dropped, deleted, list);
    }

    private PruneReport report(
            PrunePlan plan, BlobSink.Counts copied, Set<PackId> dropped, Set<PackId> deleted, GraceList list) {
        Map<PackId, Long> sizes = new HashMap<>(scan.unindexed());
        dropped.forEach(pack -> sizes.put(pack, Math.max(0, scan.stored(pack))));
        return new PruneReport(
                plan,
                copied.dataBlobs() + copied.treeBlobs(),
                copied.packedBytes(),
                dropped.size(),
                dropped.stream().mapToLong(sizes::get).sum(),
                deleted.size(),
                deleted.stream().mapToLong(sizes::get).sum(),
                PruneWait.of(list, options.grace(), sizes),
                leaving.refused(),
                unfinished);
    }

    private Set<PackId> deleteRipe(Set<PackId> ripe)
            throws BackendException, RepositoryException, InterruptedException {
        progress.phase("deleting packs");
        Deque<FileHandle> todo = new ArrayDeque<>();
        ripe.forEach(pack -> todo.add(new FileHandle(FileType.DATA, pack.hex())));
        Set<PackId> kept = new HashSet<>();
        end(moments.delete(todo, () -> {
            leaving.spare(news.look());
            todo.removeIf(file -> {
                boolean isNamed = news.newer().containsPack(PackId.parse(file.name()));
                return isNamed && kept.add(PackId.parse(file.name()));
            });
        }));
        Set<PackId> deleted = new HashSet<>(ripe);
        deleted.removeAll(kept);
        todo.forEach(file -> deleted.remove(PackId.parse(file.name())));
        return deleted;
    }

    private void end(String why) {
        unfinished = unfinished.isEmpty() ? why : unfinished;
    }

    private BlobSink.Counts copy(PrunePlan plan) throws BackendException, RepositoryException, InterruptedException {
        progress.phase("copying");
        progress.total(plan.steps().size(), plan.totals().copiedBytes());
        IndexWriter writer = new IndexWriter(
                repository.opened().store(),
                scan.unpacked(),
                fresh,
                repository.opened().engine().nanoTime());
        BlobSink.Target target = new BlobSink.Target(
                repository.opened().at(), repository.opened().engine().tuning(), pack -> {}, lock);
        try (BlobSink sink =
                new BlobSink(fresh, scan.blobs(), repository.opened().sealer(), writer, target)) {
            PruneCopy copy =
                    new PruneCopy(scan.tally(), repository.opened().store(), scan.directReader(), scan.blobs(), sink);
            for (PruneStep step : plan.steps()) {
                if (stop.getAsBoolean()) {
                    end("it was stopped after " + leaving.packs().cardinality() + " of "
                            + plan.steps().size() + " packs; the next run goes on");
                    break;
                }
                take(step, copy);
            }
            sink.flush();
            scan.files().addWritten(fresh.files());
            return sink.counts();
        }
    }

    /** A pack whose header and index disagree may hold what is needed, whatever the index says: it stays. */
    private void take(PruneStep step, PruneCopy copy)
            throws BackendException, RepositoryException, InterruptedException {
        if (step instanceof PruneStep.Refuse wrong) {
            leaving.refuse(wrong.pack(), wrong.reason());
            return;
        }
        boolean isStored = !(step instanceof PruneStep.Drop drop) || drop.isStored();
        Optional<IndexFile.Pack> header = isStored ? scan.headers().read(step.pack()) : Optional.empty();
        if (isStored && !header.map(leaving::agrees).orElse(false)) {
            leaving.refuse(step.pack(), "what it says it holds is not what the index says");
            return;
        }
        try {
            if (header.isPresent()) {
                copy.copy(header.get()); // of one that is dropped: what others began to use since it was decided
            }
            leaving.packs().set(scan.index().numberOf(step.pack()));
            progress.add(1, step instanceof PruneStep.Copy one ? one.usedBytes() : 0);
        } catch (PruneCopy.Lost e) {
            leaving.refuse(step.pack(), e.getMessage());
        }
    }

    private Set<PackId> drop() throws BackendException, RepositoryException, InterruptedException {
        progress.phase("writing indexes");
        leaving.spare(news.look());
        lock.ensureValid();
        Deque<FileHandle> old = new ArrayDeque<>();
        scan.files().replace(leaving.packs()).forEach(name -> old.add(new FileHandle(FileType.INDEX, name)));
        progress.phase("dropping packs");
        String why = moments.delete(old, () -> {
            List<IndexFile.Pack> again = leaving.spare(news.look());
            scan.files().writeNow(again);
        });
        end(why);
        Set<PackId> dropped = new HashSet<>();
        if (why.isEmpty()) {
            leaving.packs().stream()
                    .forEach(number -> dropped.add(scan.index().packs(number).id()));
        }
        return dropped;
    }
}
