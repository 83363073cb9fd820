package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.progress.Progress;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.CrashingBackend;
import cofre.testkit.PointContents;
import cofre.testkit.SimulatedCrash;
import cofre.testkit.StoreBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S3, S4, H18: what can be repaired of a damaged repository is, and what cannot is named; dying on the way loses nothing. */
@Timeout(300)
class RepairTest {
    private static final byte[] PRECIOUS = StoreBytes.random(50_000, 99);

    private PruneWorld world;
    private UnpackedSeal seal;

    @BeforeEach
    void makeWorld() throws Exception {
        world = new PruneWorld();
        seal = new UnpackedSeal(world.first.opened().sealer(), 2);
        world.live.file(RawName.ofText("precious"), PRECIOUS);
        world.file("other", 60_000);
        world.live.dir("d").file("small", "a small one");
        world.backUp();
        world.file("later", 30_000);
        world.backUp();
    }

    private static BlobHandle precious() {
        return BlobHandle.data(new BlobId(Sha256.hash(PRECIOUS)));
    }

    private BlobPlace place() throws Exception {
        Repository repository = world.open(world.store);
        repository.loadIndex(Progress.NONE);
        return repository.index().find(precious()).orElseThrow();
    }

    private FileHandle preciousPack() throws Exception {
        return new FileHandle(FileType.DATA, place().pack().hex());
    }

    /** The precious blob does not open any more; what lies beside it does. */
    private PackId spoil() throws Exception {
        BlobPlace place = place();
        FileHandle pack = preciousPack();
        byte[] bytes = world.store.get(pack, Integer.MAX_VALUE);
        bytes[(int) place.blob().offset() + 40] ^= 1;
        world.store.plant(pack, bytes);
        return place.pack();
    }

    private RepairReport repairIndex(Backend store, boolean dryRun) throws Exception {
        return new IndexRepair(world.open(store), Progress.NONE).run(dryRun, false);
    }

    private RepairReport repairPacks(Backend store, PackId pack, boolean dryRun) throws Exception {
        return new PackRepair(world.open(store), Progress.NONE).run(Set.of(pack), dryRun);
    }

    private RepairReport repairPoints(Backend store, boolean forget, boolean dryRun) throws Exception {
        return new SnapshotRepair(world.open(store), Progress.NONE).run(Set.of(), forget, dryRun);
    }

    private List<FileHandle> files(FileType type) {
        return world.list(type).stream()
                .map(file -> new FileHandle(type, file.name()))
                .toList();
    }

    private List<IndexFile.Pack> indexed() throws Exception {
        List<IndexFile.Pack> packs = new ArrayList<>();
        for (FileHandle file : files(FileType.INDEX)) {
            byte[] stored = world.store.get(file, Integer.MAX_VALUE);
            packs.addAll(IndexCodec.decode(seal.open(UnpackedKind.INDEX, Sha256.parse(file.name()), stored))
                    .packs());
        }
        return packs;
    }

    private void addIndex(List<IndexFile.Pack> packs) throws Exception {
        UnpackedSeal.Stored file = seal.seal(IndexCodec.encode(new IndexFile(packs)));
        world.store.put(new FileHandle(FileType.INDEX, file.name().hex()), Payload.of(file.bytes()));
    }

    private static IndexFile.Pack lying(IndexFile.Pack pack) {
        return new IndexFile.Pack(
                pack.id(),
                pack.blobs().stream()
                        .map(b -> new PackedBlob(b.blob(), b.offset() + 7, b.length() + 1, b.uncompressedLength()))
                        .toList());
    }

    enum Index {
        GONE {
            @Override
            void harm(RepairTest test) throws Exception {
                test.files(FileType.INDEX).forEach(test.world.store::delete);
            }
        },
        FLIPPED {
            @Override
            void harm(RepairTest test) throws Exception {
                for (FileHandle file : test.files(FileType.INDEX)) {
                    byte[] bytes = test.world.store.get(file, Integer.MAX_VALUE);
                    bytes[bytes.length / 2] ^= 4;
                    test.world.store.plant(file, bytes);
                }
            }
        },
        JUNK_BESIDE {
            @Override
            void harm(RepairTest test) throws Exception {
                byte[] junk = StoreBytes.random(500, 8);
                test.world.store.plant(StoreBytes.handle(FileType.INDEX, junk), junk);
            }
        },
        LIES_BESIDE {
            @Override
            void harm(RepairTest test) throws Exception {
                test.addIndex(test.indexed().stream().map(RepairTest::lying).toList());
            }
        },
        LIES_ONLY {
            @Override
            void harm(RepairTest test) throws Exception {
                List<IndexFile.Pack> lies =
                        test.indexed().stream().map(RepairTest::lying).toList();
                test.files(FileType.INDEX).forEach(test.world.store::delete);
                test.addIndex(lies);
            }
        },
        TWICE {
            @Override
            void harm(RepairTest test) throws Exception {
                test.addIndex(test.indexed());
                test.addIndex(test.indexed().subList(0, 1).stream()
                        .map(RepairTest::lying)
                        .toList());
            }
        };

        abstract void harm(RepairTest test) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void s3TheIndexIsMadeAnewFromThePacks(Index harm) throws Exception {
        harm.harm(this);
        List<String> before = world.store.names();
        assertThat(repairIndex(world.store, true).isNothing()).isFalse();
        assertThat(world.store.names()).as("a dry run changes nothing").isEqualTo(before);
        assertThat(repairIndex(world.store, false).changes()).isPositive();
        world.assertSound();
        List<String> after = world.store.names();
        assertThat(repairIndex(world.store, false).isNothing()).isTrue();
        assertThat(world.store.names()).isEqualTo(after);
        world.backUp();
        world.assertSound();
        world.pruneUntilDeleted();
        world.assertSound();
    }

    @ParameterizedTest
    @EnumSource
    void s3ARepairOfTheIndexMayDieNowAndThen(Moment moment) throws Exception {
        aRepairOfTheIndex(moment, 11);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void s3ARepairOfTheIndexMayDieAnywhere(Moment moment) throws Exception {
        aRepairOfTheIndex(moment, 1);
    }

    private void aRepairOfTheIndex(Moment moment, int step) throws Exception {
        for (int at = 1; ; at += step) {
            makeWorld();
            Index.LIES_BESIDE.harm(this);
            Index.JUNK_BESIDE.harm(this);
            world.store.delete(new FileHandle(FileType.DATA, orphan().hex()));
            CrashPoint point = new CrashPoint(at, moment);
            if (survives(point, store -> repairIndex(store, false))) {
                assertThat(at).isGreaterThan(10);
                return;
            }
            world.assertRestores();
            repairIndex(world.store, false);
            world.assertSound();
        }
    }

    /** A pack that is in the index, but that nothing needs. */
    private PackId orphan() throws Exception {
        world.file("goes", 20_000);
        Set<FileHandle> before = Set.copyOf(files(FileType.DATA));
        SnapshotId id = world.backUp();
        world.live.remove("goes");
        world.forget(id);
        return PackId.parse(files(FileType.DATA).stream()
                .filter(file -> !before.contains(file))
                .findFirst()
                .orElseThrow()
                .name());
    }

    private interface Repair {
        void in(Backend store) throws Exception;
    }

    private boolean survives(CrashPoint point, Repair repair) throws Exception {
        try {
            repair.in(new CrashingBackend(world.store, point));
            return !point.isDead();
        } catch (SimulatedCrash e) {
            assertThat(point.isDead()).isTrue();
            return false;
        }
    }

    @Test
    void s3AMissingPackLeavesTheIndexAndWhatItHeldIsKeptAnewFromItsSource() throws Exception {
        world.store.delete(preciousPack());
        RepairReport report = repairIndex(world.store, false);
        assertThat(report.steps()).anyMatch(step -> step.text().contains("it is not there"));
        assertThat(new CheckRun(world.open(world.store), Progress.NONE)
                        .run(false)
                        .isSound())
                .isFalse();
        world.backUp();
        world.assertSound();
    }

    @Test
    void s3WhatIsGoneForGoodIsTakenOutOfRestorePoints() throws Exception {
        PackId pack = spoil();
        List<String> before = world.store.names();
        assertThat(repairPacks(world.store, pack, true).lost()).isEqualTo(1);
        assertThat(world.store.names()).isEqualTo(before);
        RepairReport packs = repairPacks(world.store, pack, false);
        assertThat(packs.lost()).isEqualTo(1);
        assertThat(packs.steps())
                .anyMatch(step -> step.toString().contains(precious().id().hex()));
        assertThat(world.store.names()).doesNotContain(new FileHandle(FileType.DATA, pack.hex()).toString());
        List<String> damaged = world.store.names();
        RepairReport dry = repairPoints(world.store, true, true);
        assertThat(dry.changes()).isEqualTo(2);
        assertThat(world.store.names()).isEqualTo(damaged);
        RepairReport report = repairPoints(world.store, true, false);
        assertThat(report.added()).hasSize(2);
        assertThat(report.removed()).containsExactlyInAnyOrderElementsOf(world.expected.keySet());
        assertThat(report.steps()).anyMatch(step -> step.object().endsWith("/tank/s/precious"));
        assertStandFor(report);
        world.assertSound();
        assertThat(repairPoints(world.store, true, false).isNothing()).isTrue();
    }

    /** The new points show what the old ones did, without the precious file. */
    private void assertStandFor(RepairReport report) throws Exception {
        Repository repository = world.open(world.store);
        for (SnapshotId fresh : report.added().keySet()) {
            SnapshotId old = report.added().get(fresh);
            SortedMap<String, String> content = world.expected.remove(old);
            content.keySet().removeIf(path -> path.endsWith("/precious"));
            world.expected.put(fresh, content);
            Snapshot snapshot = repository.snapshot(fresh);
            assertThat(snapshot.original()).contains(old);
            assertThat(snapshot.tags()).contains("repaired", "cofre");
        }
    }

    @Test
    void oldPointsStayUnlessTheyAreToBeForgotten() throws Exception {
        repairPacks(world.store, spoil(), false);
        RepairReport report = repairPoints(world.store, false, false);
        assertThat(report.removed()).isEmpty();
        assertThat(files(FileType.SNAPSHOTS)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void s3ARepairOfPacksMayDieNowAndThen(Moment moment) throws Exception {
        aRepairOfPacks(moment, 11);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void s3ARepairOfPacksMayDieAnywhere(Moment moment) throws Exception {
        aRepairOfPacks(moment, 1);
    }

    private void aRepairOfPacks(Moment moment, int step) throws Exception {
        for (int at = 1; ; at += step) {
            makeWorld();
            PackId pack = spoil();
            CrashPoint point = new CrashPoint(at, moment);
            if (survives(point, store -> repairPacks(store, pack, false))) {
                assertThat(at).isGreaterThan(15);
                return;
            }
            repairPacks(world.store, pack, false);
            assertThat(world.store.names()).doesNotContain(new FileHandle(FileType.DATA, pack.hex()).toString());
            world.backUp(); // the source still has it
            world.assertSound();
        }
    }

    @ParameterizedTest
    @EnumSource
    void s3ARepairOfRestorePointsMayDieNowAndThen(Moment moment) throws Exception {
        aRepairOfRestorePoints(moment, 11);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void s3ARepairOfRestorePointsMayDieAnywhere(Moment moment) throws Exception {
        aRepairOfRestorePoints(moment, 1);
    }

    private void aRepairOfRestorePoints(Moment moment, int step) throws Exception {
        for (int at = 1; ; at += step) {
            makeWorld();
            repairPacks(world.store, spoil(), false);
            CrashPoint point = new CrashPoint(at, moment);
            if (survives(point, store -> repairPoints(store, true, false))) {
                assertThat(at).isGreaterThan(15);
                return;
            }
            repairPoints(world.store, true, false);
            Repository repository = world.open(world.store);
            repository.loadIndex(Progress.NONE);
            Set<SnapshotId> originals = new java.util.HashSet<>();
            for (StoredSnapshot left : repository.snapshots(Progress.NONE)) {
                originals.add(left.snapshot().original().orElseThrow());
                PointContents.of(repository.reader(), left.snapshot());
            }
            assertThat(originals).as("every point is there, once more or not").isEqualTo(world.expected.keySet());
        }
    }

    @Test
    void s5ADirectoryThatCannotBeReadIsLeftEmptyAndTheRestStays() throws Exception {
        Repository repository = world.open(world.store);
        repository.loadIndex(Progress.NONE);
        BlobId directory = null;
        for (StoredSnapshot point : repository.snapshots(Progress.NONE)) {
            directory = subtree(repository, point.snapshot().tree(), "tank", "s", "d");
        }
        BlobPlace place = repository.index().find(BlobHandle.tree(directory)).orElseThrow();
        FileHandle pack = new FileHandle(FileType.DATA, place.pack().hex());
        byte[] bytes = world.store.get(pack, Integer.MAX_VALUE);
        bytes[(int) place.blob().offset() + 20] ^= 1;
        world.store.plant(pack, bytes);
        RepairReport report = repairPoints(world.store, true, false);
        assertThat(report.added()).hasSize(2);
        for (SnapshotId fresh : report.added().keySet()) {
            SortedMap<String, String> content =
                    world.expected.remove(report.added().get(fresh));
            content.keySet().removeIf(path -> path.endsWith("/d/small"));
            Repository after = world.open(world.store);
            after.loadIndex(Progress.NONE);
            assertThat(PointContents.of(after.reader(), after.snapshot(fresh)).keySet())
                    .isEqualTo(content.keySet());
        }
    }

    private static BlobId subtree(Repository repository, BlobId root, String... names) throws Exception {
        BlobId at = root;
        for (String name : names) {
            at = repository.reader().tree(at).nodes().stream()
                    .filter(node -> node.name().equals(RawName.ofText(name)))
                    .map(node -> ((cofre.format.Node.DirBody) node.body()).subtree())
                    .findFirst()
                    .orElseThrow();
        }
        return at;
    }

    @Test
    void aRecordThatCannotBeReadIsRemovedWhenToldSo() throws Exception {
        FileHandle record = files(FileType.SNAPSHOTS).get(0);
        byte[] bytes = world.store.get(record, Integer.MAX_VALUE);
        world.store.plant(record, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(repairPoints(world.store, false, false).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.text()).contains("--forget"));
        assertThat(repairPoints(world.store, true, false).removed()).containsExactly(SnapshotId.parse(record.name()));
        world.expected.remove(SnapshotId.parse(record.name()));
        world.assertSound();
    }

    @Test
    void s3APointWhoseRecordIsGoneIsRecovered() throws Exception {
        FileInfo newest = world.list(FileType.SNAPSHOTS).get(1);
        SnapshotId lost = SnapshotId.parse(newest.name());
        SortedMap<String, String> content = world.expected.get(lost);
        world.forget(lost);
        assertThat(new Recovery(world.open(world.store), Progress.NONE)
                        .run(true)
                        .changes())
                .isEqualTo(1);
        RepairReport report = new Recovery(world.open(world.store), Progress.NONE).run(false);
        SnapshotId made = report.added().keySet().iterator().next();
        Repository repository = world.open(world.store);
        repository.loadIndex(Progress.NONE);
        Snapshot snapshot = repository.snapshot(made);
        assertThat(snapshot.tags()).containsExactly("recovered");
        assertThat(PointContents.of(repository.reader(), snapshot).keySet())
                .anyMatch(path -> path.endsWith("/tank/s/precious"))
                .hasSizeGreaterThan(content.size());
        assertThat(new Recovery(world.open(world.store), Progress.NONE)
                        .run(false)
                        .isNothing())
                .isTrue();
    }

    @Test
    void aSoundRepositoryNeedsNoRepair() throws Exception {
        List<String> before = world.store.names();
        assertThat(repairIndex(world.store, false).isNothing()).isTrue();
        assertThat(new IndexRepair(world.open(world.store), Progress.NONE)
                        .run(false, true)
                        .isNothing())
                .isTrue();
        assertThat(repairPoints(world.store, true, false).isNothing()).isTrue();
        assertThat(new Recovery(world.open(world.store), Progress.NONE)
                        .run(false)
                        .isNothing())
                .isTrue();
        assertThat(world.store.names()).isEqualTo(before);
    }
}
