package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.storage.Backend;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * C3: backups and prunes at the same time. The backup needs just what the prune is about to drop, the worst that can be:
 * a file comes back whose last restore point was forgotten.
 */
@Timeout(600)
class PruneBesideBackupTest {
    @Test
    void aBackupMayBeMadeAtManyOperationsOfAPrune() throws Exception {
        assertThat(backUpDuringPrune(5)).isGreaterThan(5);
    }

    @Tag("slow")
    @Test
    void aBackupMayBeMadeAtAnyOperationOfAPrune() throws Exception {
        assertThat(backUpDuringPrune(1))
                .as("backups made; at other operations the prune is alone")
                .isGreaterThan(25);
    }

    @Test
    void aPruneMayBeMadeAtManyOperationsOfABackup() throws Exception {
        assertThat(pruneDuringBackup(3, true)).isGreaterThan(3);
    }

    @Tag("slow")
    @Test
    void aPruneMayBeMadeAtAnyOperationOfABackup() throws Exception {
        assertThat(pruneDuringBackup(1, true)).isGreaterThan(10);
    }

    /** S9: the store hides locks, or somebody uses none. */
    @Test
    void s9ABackupWhoseLockNobodySeesLosesNothing() throws Exception {
        assertThat(pruneDuringBackup(2, false)).isGreaterThan(5);
    }

    /** Somebody deletes all locks before each operation: whoever notices stops, and nothing is lost. */
    @Test
    void s9ABackupAndAPruneWhoseLocksAreDeletedLoseNothing() throws Exception {
        PruneWorld world = world();
        comesBack(world);
        Backend thief = new HookedBackend(world.store, (operation, file) -> {
            if (!operation.equals("delete")) {
                world.list(cofre.storage.FileType.LOCKS)
                        .forEach(lock -> world.store.delete(
                                new cofre.storage.FileHandle(cofre.storage.FileType.LOCKS, lock.name())));
            }
        });
        runUnlessLocked(() -> world.backUp(world.open(thief)));
        runUnlessLocked(() -> world.prune(world.open(thief), PruneWorld.options(0)));
        finish(world);
    }

    @Test
    void twoPrunesAtTheSameTimeHarmNothing() throws Exception {
        for (int at = 2; at < 40; at += 4) {
            PruneWorld world = world();
            int[] calls = new int[1];
            int when = at;
            PruneRunner other = () -> world.prune(world.openBeside(world.store), PruneWorld.options(0));
            world.prune(
                    world.open(new HookedBackend(world.store, (operation, file) -> {
                        if (++calls[0] == when) {
                            unchecked(() -> runUnlessLocked(other));
                        }
                    })),
                    PruneWorld.options(0));
            world.assertSound();
            world.pruneUntilDeleted();
            world.assertSound();
            assertThat(world.packBytes()).isLessThanOrEqualTo((long) (world.idealBytes() * 1.05));
        }
    }

    private interface PruneRunner {
        void run() throws Exception;
    }

    /** A backup, at the {@code at}th operation of a prune; gives how many there were. */
    private static int backUpDuringPrune(int step) throws Exception {
        int made = 0;
        for (int at = 1; ; at += step) {
            PruneWorld world = world();
            int[] calls = new int[1];
            int when = at;
            comesBack(world);
            int points = world.expected.size();
            Backend hooked = new HookedBackend(world.store, (operation, file) -> {
                if (++calls[0] == when) {
                    unchecked(() -> runUnlessLocked(() -> world.backUp(world.openBeside(world.store))));
                }
            });
            world.prune(world.open(hooked), PruneWorld.options(0));
            made += world.expected.size() - points;
            finish(world);
            if (calls[0] < at) {
                return made;
            }
        }
    }

    /** A prune, at the {@code at}th operation of a backup; gives how many there were. */
    private static int pruneDuringBackup(int step, boolean locks) throws Exception {
        for (int at = 1; ; at += step) {
            PruneWorld world = world();
            int[] calls = new int[1];
            int when = at;
            comesBack(world);
            Repository beside = world.openBeside(locks ? world.store : new NoLocks(world.store));
            Backend hooked = new HookedBackend(world.store, (operation, file) -> {
                if (++calls[0] == when) {
                    unchecked(() -> runUnlessLocked(() -> world.prune(beside, PruneWorld.options(0))));
                }
            });
            world.backUp(world.openBeside(hooked));
            if (!locks) {
                world.prune(); // finds what the backup relied on, before any grace ends
            }
            finish(world);
            if (calls[0] < at) {
                return at / step;
            }
        }
    }

    private static void finish(PruneWorld world) throws Exception {
        world.assertSound();
        world.pruneUntilDeleted();
        world.assertSound();
        assertThat(world.packBytes()).isLessThanOrEqualTo((long) (world.idealBytes() * 1.05));
    }

    private static void runUnlessLocked(PruneRunner work) throws Exception {
        try {
            work.run();
        } catch (RepositoryException.Locked e) {
            assertThat(e).hasMessageContaining("exclusive lock"); // the moment in which nobody else may be there
        }
    }

    private static void unchecked(PruneRunner work) {
        try {
            work.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static PruneWorld world() throws Exception {
        PruneWorld world = new PruneWorld();
        world.file("stays", 30_000);
        world.file("goes", 50_000);
        SnapshotId first = world.backUp();
        world.live.remove("goes");
        world.file("later", 20_000);
        world.backUp();
        world.forget(first);
        return world;
    }

    /** The file that only the forgotten restore point had, with the same content. */
    private static void comesBack(PruneWorld world) {
        world.clock.advance(Duration.ofMinutes(1));
        world.live.file(RawName.ofText("goes"), StoreBytes.random(50_000, 2));
    }
}
