package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.repository.prune.PrunePlan;
import cofre.repository.prune.PruneStep;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PruneRunTest {
    private PruneWorld world;
    private SnapshotId old;

    /** Two restore points; most of the first is not in the second. */
    @BeforeEach
    void makeWorld() throws Exception {
        world = new PruneWorld();
        world.file("stays", 300_000);
        world.file("goes", 500_000);
        old = world.backUp();
        world.live.remove("goes");
        world.file("new", 200_000);
        world.backUp();
    }

    @Test
    void nothingToDoIsNothingDone() throws Exception {
        List<String> before = world.store.names();
        PruneReport report = world.prune();
        assertThat(report.plan().isEmpty()).isTrue();
        assertThat(report.droppedPacks() + report.deletedPacks()).isZero();
        assertThat(report.unfinished()).isEmpty();
        assertThat(world.store.names()).isEqualTo(before);
    }

    @Test
    void aPlanChangesNothingAndSaysWhatWouldBeDone() throws Exception {
        world.forget(old);
        List<String> before = world.store.names();
        PrunePlan plan = world.plan();
        assertThat(plan.steps()).hasSize(2).hasAtLeastOneElementOfType(PruneStep.Copy.class);
        assertThat(plan.totals().freedBytes() + plan.totals().droppedBytes()).isBetween(500_000L, 502_000L);
        assertThat(plan.toString())
                .contains("copy ")
                .contains(" are not needed")
                .contains("4 packs; used ");
        assertThat(world.store.names()).isEqualTo(before);
    }

    @Test
    void whatIsNotNeededIsDroppedNowAndDeletedAfterTheGrace() throws Exception {
        world.forget(old);
        long before = world.packBytes();
        PruneReport report = world.prune();
        assertThat(report.droppedPacks()).isEqualTo(2);
        assertThat(report.waiting().packs()).isEqualTo(2);
        assertThat(report.waiting().bytes()).isGreaterThan(800_000);
        assertThat(world.packBytes()).as("copied, nothing deleted yet").isGreaterThan(before);
        world.assertSound();

        world.clock.advance(Duration.ofDays(2));
        assertThat(world.prune().deletedPacks()).isZero();
        world.clock.advance(Duration.ofDays(2));
        PruneReport last = world.prune();
        assertThat(last.deletedPacks()).isEqualTo(2);
        assertThat(last.deletedBytes()).isEqualTo(report.waiting().bytes());
        assertThat(last.waiting().packs()).isZero();
        world.assertSound();
        assertThat(world.packBytes()).isLessThanOrEqualTo((long) (world.idealBytes() * 1.05));
        assertThat(world.list(FileType.LOCKS)).isEmpty();
    }

    @Test
    void itSaysBeforeAndAfterUntilWhenPacksWait() throws Exception {
        world.forget(old);
        List<String> before = world.store.names();
        PruneOutlook outlook = world.outlook();
        assertThat(outlook.figures().packs()).isEqualTo(4);
        assertThat(outlook.figures().keptPacks()).isEqualTo(2);
        assertThat(outlook.figures().copiedPacks()).isEqualTo(1);
        assertThat(outlook.figures().droppedPacks()).isEqualTo(2);
        assertThat(outlook.waiting()).isEqualTo(PruneWait.NONE);
        assertThat(outlook.later().until()).contains(world.clock.instant().plus(PruneWorld.GRACE));
        assertThat(outlook.later().prunes()).isEqualTo(2);
        assertThat(world.store.names()).isEqualTo(before);

        PruneReport report = world.prune();
        assertThat(report.droppedBytes()).isEqualTo(outlook.figures().droppedBytes());
        assertThat(report.copiedBytes()).isPositive().isLessThan(report.droppedBytes());
        assertThat(report.waiting().until()).contains(world.clock.instant().plus(PruneWorld.GRACE));
        assertThat(report.waiting().prunes()).isEqualTo(2);

        world.clock.advance(Duration.ofHours(37)); // counts for a half, 36 hours
        assertThat(world.outlook().deletedPacks()).isZero();
        PruneWait between = world.prune().waiting();
        assertThat(between.until()).contains(world.clock.instant().plus(Duration.ofHours(36)));
        assertThat(between.prunes()).isEqualTo(1);
        world.clock.advance(Duration.ofHours(36));
        assertThat(world.outlook().deletedPacks()).isEqualTo(2);
        assertThat(world.outlook().deletedBytes()).isEqualTo(report.waiting().bytes());
        assertThat(world.prune().deletedPacks()).isEqualTo(2);
    }

    @Test
    void aClockSetForwardMakesNothingOld() throws Exception {
        world.forget(old);
        world.prune();
        world.clock.advance(Duration.ofDays(4000));
        assertThat(world.prune().deletedPacks()).isZero();
        world.clock.advance(Duration.ofDays(-4000));
        assertThat(world.prune().deletedPacks()).isZero();
        world.assertSound();
    }

    @Test
    void whoForgetsWhatWaitsWaitsAnew() throws Exception {
        world.forget(old);
        world.prune();
        world.clock.advance(Duration.ofDays(2));
        world.prune();
        world.waiting.lose();
        world.clock.advance(Duration.ofDays(2));
        assertThat(world.prune().deletedPacks()).isZero();
        world.clock.advance(Duration.ofDays(2));
        world.prune();
        world.clock.advance(Duration.ofDays(2));
        assertThat(world.prune().deletedPacks()).isEqualTo(2);
        world.assertSound();
    }

    @Test
    void packsAnInterruptedRunSentWaitToo() throws Exception {
        byte[] orphan = StoreBytes.random(500, 3);
        world.store.put(StoreBytes.handle(FileType.DATA, orphan), cofre.storage.Payload.of(orphan));
        assertThat(world.prune().waiting().packs()).isEqualTo(1);
        world.pruneUntilDeleted();
        assertThat(world.store.names())
                .doesNotContain(StoreBytes.handle(FileType.DATA, orphan).toString());
        world.assertSound();
    }

    @Test
    void whatMayStayUnusedIsNotCopied() throws Exception {
        world.forget(old);
        PruneReport report = world.prune(world.open(world.store), PruneWorld.options(100));
        assertThat(report.copiedBlobs()).isZero();
        world.assertSound();
    }

    @Test
    void aRecordThatCannotBeReadEndsIt() throws Exception {
        world.forget(old);
        byte[] junk = StoreBytes.random(300, 4);
        world.store.plant(StoreBytes.handle(FileType.SNAPSHOTS, junk), junk);
        assertRefused("cannot read restore point");
    }

    @Test
    void aDirectoryThatCannotBeReadEndsIt() throws Exception {
        world.forget(old);
        Repository repository = world.open(world.store);
        repository.loadIndex(Progress.NONE);
        cofre.format.BlobId root =
                repository.snapshot(world.expected.keySet().iterator().next()).tree();
        var place = repository.index().find(cofre.format.BlobHandle.tree(root)).orElseThrow();
        FileHandle pack = new FileHandle(FileType.DATA, place.pack().hex());
        byte[] bytes = world.store.get(pack, Integer.MAX_VALUE);
        bytes[(int) place.blob().offset() + 20] ^= 1;
        world.store.plant(pack, bytes);
        assertRefused("cannot read tree");
    }

    @Test
    void aMissingPackThatIsNeededEndsIt() throws Exception {
        world.forget(old);
        FileInfo largest = world.list(FileType.DATA).stream()
                .max(java.util.Comparator.comparingLong(FileInfo::size))
                .orElseThrow();
        world.store.delete(new FileHandle(FileType.DATA, largest.name()));
        assertRefused("is not on the store, but restore points need 1 of its blobs");
    }

    @Test
    void aRepositoryWithoutRestorePointsIsLeftAsItIs() throws Exception {
        List.copyOf(world.expected.keySet()).forEach(world::forget);
        List<String> before = world.store.names();
        assertThatThrownBy(world::prune)
                .isInstanceOf(RepositoryException.Damaged.class)
                .hasMessageContaining("no restore points vs at least one");
        assertThat(world.store.names()).isEqualTo(before);
    }

    @Test
    void aSleepersLockCountsForTheGrace() throws Exception {
        world.forget(old);
        Repository elsewhere = Reopened.of(world.first, world.store, cofre.testkit.Engines.engine(world.clock));
        RepositoryLock sleeper = elsewhere.lockShared();
        String name = world.list(FileType.LOCKS).get(0).name();
        byte[] lock = world.store.get(new FileHandle(FileType.LOCKS, name), 1 << 16);
        sleeper.close();
        world.store.plant(new FileHandle(FileType.LOCKS, name), lock);
        long sleeping = ProcessHandle.current().pid();
        world.keepAlive(sleeping);
        world.clock.advance(Duration.ofDays(2));
        assertThat(world.prune(world.openBeside(world.store), PruneWorld.options(0))
                        .unfinished())
                .contains("shared lock of process " + sleeping);
        world.clock.advance(Duration.ofDays(2));
        assertThat(world.prune(world.openBeside(world.store), PruneWorld.options(0))
                        .droppedPacks())
                .isPositive();
    }

    private void assertRefused(String why) {
        List<String> before = world.store.names();
        assertThatThrownBy(world::prune)
                .isInstanceOf(RepositoryException.Damaged.class)
                .hasMessageStartingWith("cannot prune memory: ")
                .hasMessageContaining(why)
                .hasMessageContaining("run cofre check");
        assertThat(world.store.names()).isEqualTo(before);
    }

    @Test
    void aStoreThatIsOnlyAddedToIsLeftAsItIs() throws Exception {
        world.forget(old);
        List<String> before = world.store.names();
        HookedBackend appendOnly = new HookedBackend(world.store, (operation, file) -> {
            if (operation.equals("delete") && file.type() != FileType.LOCKS) {
                throw new BackendException.Refused("403", null);
            }
        });
        assertThatThrownBy(() -> world.prune(world.open(appendOnly), PruneWorld.options(0)))
                .isInstanceOf(BackendException.Refused.class)
                .hasMessageContaining("the store lets us add, not delete")
                .hasMessageContaining("nothing was changed");
        assertThat(world.store.names()).isEqualTo(before);
    }

    @Test
    void aDamagedIndexFileIsMadeUpForFromThePacks() throws Exception {
        world.forget(old);
        FileInfo index = world.list(FileType.INDEX).get(0);
        world.store.plant(new FileHandle(FileType.INDEX, index.name()), new byte[100]);
        world.pruneUntilDeleted();
        world.store.delete(new FileHandle(FileType.INDEX, index.name()));
        world.assertSound();
    }

    @Test
    void whenItIsStoppedWhatWasCopiedIsPutToUse() throws Exception {
        world.forget(old);
        int[] asked = new int[1];
        PruneReport report = new PruneRun(world.open(world.store), PruneWorld.options(0), world.waiting, Progress.NONE)
                .run(() -> ++asked[0] > 1);
        assertThat(report.unfinished()).startsWith("it was stopped after 1 of 2 packs");
        assertThat(report.droppedPacks()).isEqualTo(1);
        world.assertSound();
        assertThat(world.prune().droppedPacks()).isEqualTo(1);
        world.assertSound();
    }

    @Test
    void whoIsThereIsNotDisturbed() throws Exception {
        world.forget(old);
        try (RepositoryLock other = world.openBeside(world.store).lockShared()) {
            PruneReport report = world.prune(world.openBeside(world.store), PruneWorld.options(0));
            assertThat(report.unfinished()).contains("cannot lock repository: shared lock");
            assertThat(report.droppedPacks()).isZero();
            other.ensureValid();
        }
        world.assertSound();
        PruneReport next = world.prune();
        assertThat(next.copiedBlobs()).as("was copied then").isZero();
        assertThat(next.droppedPacks()).isPositive();
        world.pruneUntilDeleted();
        world.assertSound();
        assertThat(world.packBytes()).isLessThanOrEqualTo((long) (world.idealBytes() * 1.05));
    }
}
