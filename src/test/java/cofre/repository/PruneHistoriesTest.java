package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.CrashingBackend;
import cofre.testkit.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories: backups, forgotten restore points, prunes, prunes and backups that die or meet each other. Whatever was
 * made and not forgotten can always be restored, and in the end all room is given back but a twentieth.
 */
@Timeout(600)
class PruneHistoriesTest {
    private static final int STEPS = 12;

    static List<Integer> manySeeds() {
        List<Integer> seeds = new ArrayList<>();
        for (int seed = 100; seed < 200; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void someHistoriesLoseNothing(int seed) throws Exception {
        live(seed);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("manySeeds")
    void manyHistoriesLoseNothing(int seed) throws Exception {
        live(seed);
    }

    private static void live(int seed) throws Exception {
        Random random = new Random(seed);
        PruneWorld world = new PruneWorld();
        world.change(random);
        world.backUp();
        List<String> done = new ArrayList<>();
        try {
            for (int i = 0; i < STEPS; i++) {
                step(world, random, done);
                world.assertSound();
            }
            world.pruneUntilDeleted();
            world.assertSound();
            assertThat(world.packBytes())
                    .as("bytes of packs beside those of needed blobs")
                    .isLessThanOrEqualTo((long) (world.idealBytes() * 1.05));
            assertThat(world.list(FileType.LOCKS)).isEmpty();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("history " + seed + ": " + done, e);
        }
    }

    private static void step(PruneWorld world, Random random, List<String> done) throws Exception {
        int kind = random.nextInt(6);
        done.add("step " + kind);
        switch (kind) {
            case 0, 1 -> {
                world.change(random);
                world.backUp();
            }
            case 2 -> forgetOne(world, random);
            case 3 -> world.prune();
            case 4 -> die(world, random, done);
            default -> meet(world, random);
        }
        world.clock.advance(Duration.ofHours(random.nextInt(40)));
    }

    private static void forgetOne(PruneWorld world, Random random) {
        List<SnapshotId> all = world.expected.keySet().stream()
                .sorted(java.util.Comparator.comparing(SnapshotId::hex))
                .toList();
        if (all.size() > 1) {
            world.forget(all.get(random.nextInt(all.size())));
        }
    }

    private static void die(PruneWorld world, Random random, List<String> done) throws Exception {
        CrashPoint point =
                new CrashPoint(1 + random.nextInt(60), random.nextBoolean() ? Moment.BEFORE : Moment.UNACKNOWLEDGED);
        try {
            Repository repository = world.open(new CrashingBackend(world.store, point));
            new PruneRun(repository, PruneWorld.options(0), world.waiting, Progress.NONE).run(() -> false);
        } catch (SimulatedCrash e) {
            done.add(point.toString());
        }
    }

    /** A backup is made at some operation of a prune. */
    private static void meet(PruneWorld world, Random random) throws Exception {
        int at = 1 + random.nextInt(60);
        int[] calls = new int[1];
        world.prune(
                world.open(new HookedBackend(world.store, (operation, file) -> {
                    if (++calls[0] == at) {
                        backUpUnlessLocked(world, random);
                    }
                })),
                PruneWorld.options(random.nextInt(20)));
    }

    private static void backUpUnlessLocked(PruneWorld world, Random random) {
        try {
            world.change(random);
            world.backUp(world.openBeside(world.store));
        } catch (RepositoryException.Locked e) {
            assertThat(e).hasMessageContaining("exclusive lock"); // the moment in which nobody else may be there
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
