package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.testkit.zfs.EditScript;
import cofre.testkit.zfs.EditScripts;
import cofre.testkit.zfs.ModelDataset;
import cofre.testkit.zfs.ModelFaults.Kind;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Z12: what cannot be read is told and missing, never replaced by what it was; the next run has it. */
@Timeout(300)
class UnreadableThingsTest {
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final RawPath FILE = RawPath.ofDisplay("/d/f");
    private static final RawPath DIR = RawPath.ofDisplay("/d");

    @TempDir
    Path dir;

    private int worlds;

    private IncrementalWorld world(ModelSettings settings) throws Exception {
        return new IncrementalWorld(dir.resolve("w" + worlds++), settings, "/tank/s");
    }

    @ParameterizedTest
    @EnumSource
    void z12AChangedFileThatCannotBeReadIsMissingUntilItCan(Kind fault) throws Exception {
        try (IncrementalWorld world = world(ModelSettings.USUAL)) {
            ModelDataset files = world.dataset.files();
            files.mkdir(DIR);
            files.create(FILE, new byte[3000]);
            files.create(RawPath.ofDisplay("/d/g"), new byte[10]);
            world.judge(world.run());
            files.write(FILE, 10, new byte[] {1, 2, 3});
            files.faults().spoil(files.numberOf(FILE), fault);
            for (int round = 0; round < 3; round++) {
                world.clock.advance(Duration.ofHours(1));
                BackupReport report = world.run();
                assertThat(report.isComplete()).isFalse();
                assertThat(report.unreadableCount()).isEqualTo(1);
                assertThat(report.unreadable().get(0)).contains("/d/f");
                assertThat(report.detection().method()).isEqualTo(Method.STREAM);
                assertThat(report.summary().totalFilesProcessed()).isEqualTo(1);
                assertThat(report.summary().totalBytesProcessed()).isEqualTo(10);
                assertThat(report.detection().missed()).isZero();
            }
            files.faults().heal();
            world.clock.advance(Duration.ofHours(1));
            BackupReport healed = world.judge(world.run());
            assertThat(healed.isComplete()).isTrue();
            assertThat(healed.detection().method()).isEqualTo(Method.STREAM);
            assertThat(healed.detection().distrust()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void z12ADirectoryThatCannotBeReadIsMissingUntilItCan(Kind fault) throws Exception {
        try (IncrementalWorld world = world(ModelSettings.USUAL)) {
            ModelDataset files = world.dataset.files();
            files.mkdir(RawPath.ofDisplay("/a"));
            files.mkdir(RawPath.ofDisplay("/a/b"));
            files.mkdir(RawPath.ofDisplay("/a/b/c"));
            files.create(RawPath.ofDisplay("/a/b/c/f"), new byte[3000]);
            files.create(RawPath.ofDisplay("/a/g"), new byte[10]);
            world.judge(world.run());
            files.chmod(RawPath.ofDisplay("/a/b"), 0700);
            files.faults().spoil(files.numberOf(RawPath.ofDisplay("/a/b")), fault);
            for (int round = 0; round < 2; round++) {
                world.clock.advance(Duration.ofHours(1));
                files.write(RawPath.ofDisplay("/a/b/c/f"), round, new byte[] {1, 2, 3});
                BackupReport report = world.run();
                assertThat(report.unreadableCount()).isEqualTo(1);
                assertThat(report.summary().totalFilesProcessed()).isEqualTo(1);
            }
            files.faults().heal();
            world.clock.advance(Duration.ofHours(1));
            assertThat(world.judge(world.run()).detection().distrust()).isEmpty();
        }
    }

    /** A run that calls itself complete is, and one after everything can be read again is in any case. */
    @Test
    void z12RandomThingsCannotBeReadNowAndThen() throws Exception {
        int incomplete = 0;
        int walks = 0;
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            try (IncrementalWorld world = world(ModelSettings.random(random))) {
                for (EditScript script : EditScripts.of(seed, 20_000, 6, 12)) {
                    world.play(script);
                    boolean healthy = random.nextBoolean();
                    spoil(world.dataset.files(), healthy ? 0 : 6, random);
                    BackupReport report = world.run();
                    world.dataset.files().faults().heal();
                    if (healthy || report.isComplete()) {
                        assertThat(world.difference(report)).as("seed %d", seed).isEmpty();
                        assertThat(report.isComplete()).isTrue();
                    } else {
                        incomplete++;
                    }
                    walks += report.detection().method() == Method.WALK ? 1 : 0;
                    assertThat(report.detection().distrust()).isEmpty();
                }
            }
        }
        assertThat(incomplete).isGreaterThan(8);
        assertThat(walks).as("first runs, and few more").isLessThan(20);
    }

    private static void spoil(ModelDataset files, int count, Random random) {
        List<Long> all = new ArrayList<>();
        collect(files, RawPath.ROOT, all);
        for (int i = 0; i < count && !all.isEmpty(); i++) {
            files.faults().spoil(all.get(random.nextInt(all.size())), KINDS.get(random.nextInt(3)));
        }
    }

    private static void collect(ModelDataset files, RawPath at, List<Long> all) {
        for (RawName name : files.namesIn(at)) {
            RawPath path = at.resolve(name);
            all.add(files.numberOf(path));
            if (files.isDirectory(path)) {
                collect(files, path, all);
            }
        }
    }
}
