package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.progress.Level;
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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
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
    private final BitSet gone = new BitSet(); // numbers of packs that are to leave the index
    private final List<String> refused = new ArrayList<>();
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
    }

    PruneReport run(PrunePlan plan) throws BackendException, RepositoryException, InterruptedException {
        lock.ensureValid();
        scan.files().writeNow(scan.revived());
        Map<PackId, Long> waiting = scan.unindexed();
        GraceList list = memory.recall().map(GraceList::decode).orElse(GraceList.empty());
        list = list.after(repository.opened().engine().holder().clock().instant(), waiting.keySet(), options.grace());
        memory.remember(list.encode());
        Set<PackId> deleted = deleteRipe(list.ripe(options.grace()));
        list = list.without(deleted);
        BlobSink.Counts copied = copy(plan);
        verifyStaying();
        Set<PackId> dropped = drop();
        memory.remember(list.with(dropped).encode());
        return report(plan, copied, dropped, deleted);
    }

    private PruneReport report(PrunePlan plan, BlobSink.Counts copied, Set<PackId> dropped, Set<PackId> deleted) {
        Map<PackId, Long> waiting = scan.unindexed();
        long all = waiting.values().stream().mapToLong(Long::longValue).sum();
        long gone = deleted.stream().mapToLong(waiting::get).sum();
        long more = dropped.stream()
                .mapToLong(pack -> Math.max(0, scan.stored(pack)))
                .sum();
        return new PruneReport(
                plan,
                copied.dataBlobs() + copied.treeBlobs(),
                copied.packedBytes(),
                dropped.size(),
                deleted.size(),
                gone,
                waiting.size() - deleted.size() + dropped.size(),
                all - gone + more,
                refused,
                unfinished);
    }

    private Set<PackId> deleteRipe(Set<PackId> ripe)
            throws BackendException, RepositoryException, InterruptedException {
        progress.phase("deleting packs");
        Deque<FileHandle> todo = new ArrayDeque<>();
        ripe.forEach(pack -> todo.add(new FileHandle(FileType.DATA, pack.hex())));
        Set<PackId> kept = new HashSet<>();
        end(moments.delete(todo, () -> {
            spareWhatIsUsedNow(news.look());
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
                    end("it was stopped after " + gone.cardinality() + " of "
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
            refuse(wrong.pack(), wrong.reason());
            return;
        }
        boolean isStored = !(step instanceof PruneStep.Drop drop) || drop.isStored();
        Optional<IndexFile.Pack> header = isStored ? scan.headers().read(step.pack()) : Optional.empty();
        if (isStored && !header.map(this::agrees).orElse(false)) {
            refuse(step.pack(), "what it says it holds is not what the index says");
            return;
        }
        try {
            if (header.isPresent()) {
                copy.copy(header.get()); // of one that is dropped: what others began to use since it was decided
            }
            gone.set(scan.index().numberOf(step.pack()));
            progress.add(1, step instanceof PruneStep.Copy one ? one.usedBytes() : 0);
        } catch (PruneCopy.Lost e) {
            refuse(step.pack(), e.getMessage());
        }
    }

    private boolean agrees(IndexFile.Pack header) {
        int number = scan.index().numberOf(header.id());
        if (scan.index().packs(number).blobs() != header.blobs().size()) {
            return false;
        }
        for (PackedBlob blob : header.blobs()) {
            if (!scan.index().findAll(blob.blob()).contains(new BlobPlace(header.id(), blob))) {
                return false;
            }
        }
        return true;
    }

    private void refuse(PackId pack, String reason) {
        gone.clear(Math.max(0, scan.index().numberOf(pack)));
        String sentence = "pack " + pack.hex() + " is left as it is: " + reason + "; run cofre check with data";
        refused.add(sentence);
        progress.message(Level.WARNING, sentence);
    }

    /** Of a blob with several copies only a copy that was read and hashed lets the others go. */
    private void verifyStaying() throws BackendException {
        progress.phase("verifying");
        for (BlobHandle blob : scan.tally().severalCopies().keySet()) {
            List<BlobPlace> going = new ArrayList<>();
            List<BlobPlace> staying = new ArrayList<>();
            for (BlobPlace place : scan.index().findAll(blob)) {
                (isGone(place) ? going : staying).add(place);
            }
            if (!going.isEmpty() && !fresh.contains(blob) && !isAnySound(staying)) {
                going.forEach(place -> refuse(place.pack(), "it may hold the only sound copy of " + blob));
            }
        }
    }

    private boolean isGone(BlobPlace place) {
        return gone.get(scan.index().numberOf(place.pack()));
    }

    private boolean isAnySound(List<BlobPlace> places) throws BackendException {
        for (BlobPlace place : places) {
            if (scan.directReader().isSound(place)) {
                return true;
            }
        }
        return false;
    }

    private Set<PackId> drop() throws BackendException, RepositoryException, InterruptedException {
        progress.phase("writing indexes");
        spareWhatIsUsedNow(news.look());
        lock.ensureValid();
        Deque<FileHandle> old = new ArrayDeque<>();
        scan.files().replace(gone).forEach(name -> old.add(new FileHandle(FileType.INDEX, name)));
        progress.phase("dropping packs");
        String why = moments.delete(old, () -> {
            List<IndexFile.Pack> again = spareWhatIsUsedNow(news.look());
            scan.files().writeNow(again);
        });
        end(why);
        Set<PackId> dropped = new HashSet<>();
        if (why.isEmpty()) {
            gone.stream()
                    .forEach(number -> dropped.add(scan.index().packs(number).id()));
        }
        return dropped;
    }

    /** Somebody relies on blobs again that were to go: their packs stay, and are given to be named by an index anew. */
    private List<IndexFile.Pack> spareWhatIsUsedNow(Set<BlobHandle> nowUsed)
            throws BackendException, RepositoryException {
        List<IndexFile.Pack> spared = new ArrayList<>();
        for (BlobHandle blob : nowUsed) {
            for (BlobPlace place :
                    fresh.contains(blob) ? List.<BlobPlace>of() : scan.index().findAll(blob)) {
                if (isGone(place)) {
                    gone.clear(scan.index().numberOf(place.pack()));
                    spared.add(scan.headers()
                            .read(place.pack())
                            .filter(this::agrees)
                            .orElseThrow(() -> scan.refusal("a restore point made meanwhile needs " + blob + " of pack "
                                    + place.pack() + ", which is not sound")));
                }
            }
        }
        return spared;
    }
}
