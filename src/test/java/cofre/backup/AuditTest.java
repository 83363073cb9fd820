package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.backup.DetectionRules.Wanted;
import cofre.path.RawPath;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Should a change ever not be told of, an audit finds it: a part of the share each night, or all of it at once. */
@Timeout(300)
class AuditTest {
    private static final int PARTS = 4;
    private static final int DIRECTORIES = 12;
    private static final DetectionRules ROTATING = new DetectionRules(Wanted.CHEAPEST, Duration.ofDays(100), PARTS);

    @TempDir
    Path dir;

    private int worlds;

    private static RawPath file(int directory, int number) {
        return RawPath.ofDisplay("/d" + directory + "/e/f" + number);
    }

    /** A world with a point, in which a change of one file is not told of by any later run. */
    private IncrementalWorld forgetful(RawPath forgotten) throws Exception {
        IncrementalWorld world = new IncrementalWorld(dir.resolve("w" + worlds++), ModelSettings.USUAL, "/tank/s");
        for (int d = 0; d < DIRECTORIES; d++) {
            world.dataset.files().mkdir(RawPath.ofDisplay("/d" + d));
            world.dataset.files().mkdir(RawPath.ofDisplay("/d" + d + "/e"));
            for (int f = 0; f < 3; f++) {
                world.dataset.files().create(file(d, f), new byte[100 + f]);
            }
        }
        world.judge(world.run());
        ForgetfulChanges lying = new ForgetfulChanges(world.changes);
        lying.forgotten.add(world.dataset.files().numberOf(forgotten));
        world.changes = lying;
        world.clock.advance(Duration.ofHours(1));
        world.dataset.files().write(forgotten, 5, new byte[] {1, 2, 3});
        return world;
    }

    /** The share is walked until somebody says that all is well. */
    private static void assertDistrusted(IncrementalWorld world, BackupReport found) throws Exception {
        world.judge(found);
        assertThat(found.detection().missed()).isEqualTo(1);
        assertThat(found.detection().distrust())
                .contains("1 entries had changed")
                .contains("did not tell");
        world.clock.advance(Duration.ofDays(1));
        BackupReport next = world.judge(world.run(ROTATING));
        assertThat(next.detection().method()).isEqualTo(Method.WALK);
        assertThat(next.detection().why()).contains("cofre trust s");
        world.trust();
        world.clock.advance(Duration.ofDays(1));
        BackupReport trusted = world.judge(world.run(ROTATING));
        assertThat(trusted.detection().method()).isEqualTo(Method.STREAM);
        assertThat(trusted.detection().missed()).isZero();
    }

    @Test
    void aRotatingAuditFindsAnyChangeWithinItsParts() throws Exception {
        int late = 0;
        for (int directory = 0; directory < DIRECTORIES; directory += 2) {
            try (IncrementalWorld world = forgetful(file(directory, 1))) {
                for (int day = 1; ; day++) {
                    BackupReport report = world.run(ROTATING);
                    assertThat(report.detection().method()).isEqualTo(Method.STREAM);
                    if (report.detection().missed() > 0) {
                        assertDistrusted(world, report);
                        break;
                    }
                    assertThat(world.difference(report)).as("day %d", day).isNotEmpty();
                    assertThat(day)
                            .as("found; the day of the walk counts for none")
                            .isLessThanOrEqualTo(PARTS);
                    late++;
                    world.clock.advance(Duration.ofDays(1));
                }
            }
        }
        assertThat(late).as("days it took, besides the first").isPositive();
    }

    @Test
    void aFullAuditFindsAnyChangeAtOnce() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 3; i++) {
            try (IncrementalWorld world = forgetful(file(random.nextInt(DIRECTORIES), 2))) {
                BackupReport report = world.run();
                assertThat(world.difference(report))
                        .as("the lie goes unnoticed")
                        .isNotEmpty();
                assertDistrusted(world, world.run(IncrementalWorld.RULES.with(Wanted.AUDIT)));
            }
        }
    }

    @Test
    void anAuditComesByItselfWhenItsTimeHasCome() throws Exception {
        try (IncrementalWorld world = forgetful(file(1, 1))) {
            assertThat(world.run().detection().missed()).isZero();
            world.clock.advance(Duration.ofDays(7));
            assertDistrusted(world, world.run());
        }
    }

    @Test
    void rotatingAuditsOfSharesThatAreToldTrulyFindNothing() throws Exception {
        try (IncrementalWorld world = forgetful(file(1, 1))) {
            ((ForgetfulChanges) world.changes).forgotten.clear();
            for (int day = 0; day < 2 * PARTS; day++) {
                world.dataset.files().write(file(day % DIRECTORIES, 2), day, new byte[] {1});
                BackupReport report = world.judge(world.run(ROTATING));
                assertThat(report.detection().method()).isEqualTo(Method.STREAM);
                assertThat(report.detection().missed()).isZero();
                assertThat(report.detection().lastPart()).isPresent();
                world.clock.advance(Duration.ofDays(1));
            }
        }
    }
}
