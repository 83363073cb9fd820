package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S1: the store is full at any upload. The work stops and says so, nothing is lost, and with room it is done. */
@Timeout(120)
class StoreFullTest {
    private interface Work {
        void on(PruneWorld world, Backend store) throws Exception;
    }

    private static PruneWorld world() throws Exception {
        PruneWorld world = new PruneWorld();
        world.file("stays", 60_000);
        world.file("goes", 50_000);
        SnapshotId first = world.backUp();
        world.live.remove("goes");
        world.file("later", 30_000);
        world.backUp();
        world.forget(first);
        world.live.dir("d").file("new", "something new");
        return world;
    }

    /** @return how many uploads the work asked for, and each of them was refused once */
    private static int fullAtEach(Work work) throws Exception {
        for (int at = 1; ; at++) {
            PruneWorld world = world();
            int[] puts = new int[1];
            int from = at;
            List<FileHandle> deleted = new ArrayList<>();
            Backend full = new HookedBackend(world.store, (operation, file) -> {
                if (operation.equals("put") && ++puts[0] >= from) {
                    throw new BackendException.NoSpace("cannot store " + file + ": status 507 vs 200", null);
                }
                if (operation.equals("delete") && puts[0] >= from && file.type() != FileType.LOCKS) {
                    deleted.add(file);
                }
            });
            if (!stops(work, world, full)) {
                return at - 1;
            }
            assertThat(deleted).as("full at upload %d", at).isEmpty();
            world.assertSound();
            work.on(world, world.store);
            world.assertSound();
            assertThat(world.list(FileType.LOCKS)).isEmpty();
        }
    }

    private static boolean stops(Work work, PruneWorld world, Backend full) throws Exception {
        try {
            work.on(world, full);
            return false;
        } catch (BackendException.NoSpace e) {
            assertThat(e).hasMessageContaining("507");
            return true;
        }
    }

    @Test
    void s1ABackupThatFindsTheStoreFull() throws Exception {
        assertThat(fullAtEach((world, store) -> world.backUp(world.open(store))))
                .as("a lock, packs of data and of directories, the index, the record")
                .isEqualTo(5);
    }

    @Test
    void s1APruneThatFindsTheStoreFull() throws Exception {
        assertThat(fullAtEach((world, store) -> world.prune(world.open(store), PruneWorld.options(0))))
                .isGreaterThan(3);
    }

    @Test
    void s1ARepairThatFindsTheStoreFull() throws Exception {
        assertThat(fullAtEach((world, store) -> new PackRepair(world.open(store), Progress.NONE)
                        .run(Set.of(cofre.format.PackId.parse(oldest(world))), false)))
                .isGreaterThan(2);
    }

    /** The same pack each time, also after a repair that had to stop; any, once it is gone. */
    private static String oldest(PruneWorld world) {
        return world.list(FileType.DATA).stream()
                .map(cofre.storage.FileInfo::name)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void s1ACheckThatCannotLockSaysSo() throws Exception {
        PruneWorld world = world();
        Backend full = new HookedBackend(world.store, (operation, file) -> {
            if (operation.equals("put")) {
                throw new BackendException.NoSpace("cannot store " + file + ": status 507 vs 200", null);
            }
        });
        assertThatThrownBy(() -> new CheckRun(world.open(full), Progress.NONE).run(false))
                .isInstanceOf(BackendException.NoSpace.class);
    }
}
