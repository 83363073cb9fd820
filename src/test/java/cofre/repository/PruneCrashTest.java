package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.CrashingBackend;
import cofre.testkit.SimulatedCrash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * K3: a prune dies at each operation it asks of the store, before it happens or before its answer is heard. Then every
 * restore point is whole, and the next prunes give back all the room without help.
 */
@Timeout(600)
class PruneCrashTest {
    @ParameterizedTest
    @EnumSource
    void aPruneMayDieNowAndThen(Moment moment) throws Exception {
        assertThat(enumerate(moment, 6)).isGreaterThan(8);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aPruneMayDieAnywhere(Moment moment) throws Exception {
        assertThat(enumerate(moment, 1)).isGreaterThan(50);
    }

    @Test
    void packsAreDeletedAfterTheIndexAndDroppedAfterTheirCopies() throws Exception {
        CrashPoint counting = CrashPoint.never();
        prune(world(), counting);
        List<String> writes = counting.operations().stream()
                .filter(operation -> operation.startsWith("put") || operation.startsWith("delete"))
                .filter(operation -> !operation.endsWith("LOCKS"))
                .toList();
        assertThat(writes)
                .startsWith("delete DATA", "delete DATA") // the question, then those that waited
                .containsSubsequence("put DATA", "put DATA", "put INDEX", "put INDEX", "delete INDEX");
        assertThat(writes.subList(writes.indexOf("put DATA"), writes.size())).doesNotContain("delete DATA");
        assertThat(writes.subList(writes.indexOf("delete INDEX"), writes.size()))
                .containsOnly("delete INDEX");
    }

    @Test
    void nothingIsDeletedUnlessNobodyElseMayBeThere() throws Exception {
        PruneWorld world = world();
        HookedBackend watched = new HookedBackend(world.store, (operation, file) -> {
            if (operation.equals("delete") && file.type() != cofre.storage.FileType.LOCKS && isThere(world, file)) {
                assertThat(world.list(cofre.storage.FileType.LOCKS))
                        .as("a shared and an exclusive lock while %s goes", file)
                        .hasSize(2);
            }
        });
        assertThat(world.prune(world.open(watched), PruneWorld.options(0)).deletedPacks())
                .isPositive();
    }

    private static boolean isThere(PruneWorld world, cofre.storage.FileHandle file) {
        return world.store.names().contains(file.toString());
    }

    private static int enumerate(Moment moment, int step) throws Exception {
        int deaths = 0;
        for (int at = 1; ; at += step) {
            PruneWorld world = world();
            CrashPoint point = new CrashPoint(at, moment);
            boolean died = !survives(world, point);
            try {
                world.assertSound();
                world.backUp();
                world.assertSound();
                world.pruneUntilDeleted();
                world.assertSound();
                assertThat(world.packBytes()).isLessThanOrEqualTo((long) (world.idealBytes() * 1.05));
                assertThat(world.list(cofre.storage.FileType.LOCKS)).isEmpty();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("died " + point, e);
            }
            if (!died) {
                return deaths;
            }
            deaths++;
        }
    }

    /** Where a prune has everything to do: delete what waited, drop, copy and merge. */
    private static PruneWorld world() throws Exception {
        PruneWorld world = new PruneWorld();
        world.file("stays", 60_000);
        world.file("partly", 35_000);
        world.file("goes", 50_000);
        SnapshotId first = world.backUp();
        world.live.remove("goes");
        world.file("later", 40_000);
        world.live.dir("d").file("small", "a directory that does not change");
        SnapshotId second = world.backUp();
        world.forget(first);
        world.prune();
        for (int day = 0; day < 2; day++) {
            world.clock.advance(Duration.ofDays(1));
            world.prune();
        }
        world.file("new", 30_000);
        world.live.remove("partly");
        world.backUp();
        world.forget(second);
        world.clock.advance(Duration.ofDays(1)); // what the first one dropped has waited long enough now
        return world;
    }

    private static void prune(PruneWorld world, CrashPoint point) throws Exception {
        Repository repository = world.open(new CrashingBackend(world.store, point));
        new PruneRun(repository, PruneWorld.options(0), world.waiting, Progress.NONE).run(() -> false);
    }

    private static boolean survives(PruneWorld world, CrashPoint point) throws Exception {
        try {
            prune(world, point);
            return !point.isDead();
        } catch (SimulatedCrash e) {
            assertThat(point.isDead()).isTrue();
            return false;
        }
    }
}
