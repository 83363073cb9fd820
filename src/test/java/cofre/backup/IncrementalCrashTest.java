package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Repository;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.SimulatedCrash;
import cofre.testkit.StoreBytes;
import cofre.testkit.zfs.ModelDataset;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * K1, of a run that looks only at what changed: it dies at each operation of store, source, changes, catalogue and memory.
 * The next run goes through without help, makes what a walk makes, and nothing is left held.
 */
@Timeout(600)
class IncrementalCrashTest {
    @TempDir
    Path dir;

    private int worlds;

    @ParameterizedTest
    @EnumSource
    void anIncrementalRunMayDieNowAndThen(Moment moment) throws Exception {
        assertThat(enumerate(moment, 9, IncrementalWorld.RULES)).isGreaterThan(3);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void anIncrementalRunMayDieAnywhere(Moment moment) throws Exception {
        assertThat(enumerate(moment, 1, IncrementalWorld.RULES)).isGreaterThan(30);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void anAuditMayDieAnywhere(Moment moment) throws Exception {
        assertThat(enumerate(moment, 1, IncrementalWorld.RULES.with(DetectionRules.Wanted.AUDIT)))
                .isGreaterThan(30);
    }

    /** Dies at every {@code step}th operation in turn until a run lives; gives how many deaths there were. */
    private int enumerate(Moment moment, int step, DetectionRules rules) throws Exception {
        int deaths = 0;
        for (int at = 1; ; at += step) {
            try (IncrementalWorld world =
                    new IncrementalWorld(dir.resolve("w" + worlds++), ModelSettings.USUAL, "/tank/s")) {
                fill(world);
                change(world, 1);
                CrashPoint point = new CrashPoint(at, moment);
                boolean died = dies(world, point, rules);
                try {
                    change(world, 2);
                    BackupReport next = world.judge(world.run());
                    assertTidy(world);
                    // Only a death between catalogue and memory costs more: then the catalogue is made anew.
                    assertThat(next.detection().method())
                            .as(next.detection().why())
                            .isEqualTo(Method.STREAM);
                    change(world, 3);
                    assertThat(world.judge(world.run()).detection().method()).isEqualTo(Method.STREAM);
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("died " + point, e);
                }
                if (!died) {
                    assertThat(point.operations())
                            .contains("tell", "put SNAPSHOTS", "committed", "settle", "catalogue replace");
                    return deaths;
                }
                deaths++;
            }
        }
    }

    private static boolean dies(IncrementalWorld world, CrashPoint point, DetectionRules rules) throws Exception {
        try {
            world.run(rules, point);
            return point.isDead();
        } catch (SimulatedCrash e) {
            assertThat(point.isDead()).isTrue();
            return true;
        }
    }

    private static RawPath path(String text) {
        return RawPath.ofDisplay(text);
    }

    private static void fill(IncrementalWorld world) throws Exception {
        ModelDataset files = world.dataset.files();
        files.mkdir(path("/d"));
        files.mkdir(path("/d/e"));
        files.create(path("/d/e/big"), StoreBytes.random(3 << 20, 1));
        files.create(path("/d/a"), StoreBytes.random(100, 2));
        files.create(path("/d/b"), StoreBytes.random(100, 3));
        world.clock.advance(Duration.ofHours(1));
        world.judge(world.run());
        world.clock.advance(Duration.ofHours(1));
    }

    private static void change(IncrementalWorld world, int round) {
        ModelDataset files = world.dataset.files();
        files.write(path("/d/e/big"), round * 1000_000L, StoreBytes.random(5000, round));
        files.create(path("/d/new" + round), StoreBytes.random(70, round));
        files.mkdir(path("/d" + round));
        files.rename(path("/d/e"), path("/d" + round + "/e"));
        files.rename(path("/d" + round + "/e"), path("/d/e"));
        files.link(path("/d/a"), path("/d" + round + "/a"));
        if (round == 1) {
            files.unlink(path("/d/b"));
        }
        world.zfs.sync();
        world.clock.advance(Duration.ofHours(1));
    }

    /** Every point is whole, one view is held, and bookmarks are of views that are there. */
    private static void assertTidy(IncrementalWorld world) throws Exception {
        assertThat(world.held()).containsExactly(world.lastView());
        assertThat(world.dataset.bookmarks()).containsExactly(world.lastView());
        List<String> locks = new ArrayList<>();
        world.store.list(FileType.LOCKS, lock -> locks.add(lock.name()));
        assertThat(locks).isEmpty();
        Repository session = world.repository.session();
        assertThat(new CheckRun(session, Progress.NONE)
                        .run(true).findings().stream()
                                .filter(finding -> !finding.toString().contains("in no index"))
                                .toList())
                .isEmpty();
    }
}
