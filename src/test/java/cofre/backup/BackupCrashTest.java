package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.SimulatedCrash;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * K1: a run dies at each operation it asks of the world, before it happens or before its answer is heard. Then every
 * restore point is whole, and the next run goes through without help, sends no finished pack again and leaves nothing over.
 */
@Timeout(600)
class BackupCrashTest {
    @ParameterizedTest
    @EnumSource
    void aFirstRunMayDieNowAndThen(Moment moment) throws Exception {
        assertThat(enumerate(moment, 4, 0)).isGreaterThan(3);
    }

    @ParameterizedTest
    @EnumSource
    void aLaterRunMayDieNowAndThen(Moment moment) throws Exception {
        assertThat(enumerate(moment, 5, 1)).isGreaterThan(3);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aFirstRunMayDieAnywhere(Moment moment) throws Exception {
        assertThat(enumerate(moment, 1, 0)).isGreaterThan(17);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aLaterRunMayDieAnywhere(Moment moment) throws Exception {
        assertThat(enumerate(moment, 1, 1)).isGreaterThan(22);
    }

    /** Dies at every {@code step}th operation in turn until a run lives; gives how many deaths there were. */
    private static int enumerate(Moment moment, int step, int earlierRuns) throws Exception {
        int deaths = 0;
        for (int at = 1; ; at += step) {
            CrashWorld world = world(earlierRuns);
            CrashPoint point = new CrashPoint(at, moment);
            boolean died = !survives(world, point);
            try {
                world.assertSound();
                world.clock.advance(java.time.Duration.ofMinutes(1));
                world.run(CrashPoint.never());
                world.assertTidy();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("died " + point, e);
            }
            if (!died) {
                return deaths;
            }
            deaths++;
        }
    }

    private static CrashWorld world(int earlierRuns) throws Exception {
        CrashWorld world = new CrashWorld();
        world.fill();
        for (int i = 0; i < earlierRuns; i++) {
            world.run(CrashPoint.never());
            world.change();
        }
        return world;
    }

    private static boolean survives(CrashWorld world, CrashPoint point) throws Exception {
        try {
            world.run(point);
            return !point.isDead();
        } catch (SimulatedCrash e) {
            assertThat(point.isDead()).isTrue();
            return false;
        }
    }

    @Test
    void severalRunsMayDieOneAfterTheOther() throws Exception {
        dieAgainAndAgain(new Random(1), 4);
    }

    @Test
    void packsThatArrivedBeforeADeathAreUsed() throws Exception {
        CrashWorld world = world(0);
        CrashPoint counting = CrashPoint.never();
        world(0).run(counting);
        int index = counting.operations().indexOf("put INDEX") + 1;
        assertThat(survives(world, new CrashPoint(index, Moment.BEFORE))).isFalse();
        int sent = world.names(cofre.storage.FileType.DATA).size();
        assertThat(sent).isEqualTo(3); // two of data, one of directories
        world.run(CrashPoint.never());
        assertThat(world.names(cofre.storage.FileType.DATA)).hasSize(sent);
        world.assertTidy();
    }

    @Test
    @Tag("slow")
    void manyRunsMayDieOneAfterTheOther() throws Exception {
        for (int seed = 2; seed < 22; seed++) {
            dieAgainAndAgain(new Random(seed), 6);
        }
    }

    private static void dieAgainAndAgain(Random random, int times) throws Exception {
        CrashWorld world = world(0);
        for (int i = 0; i < times; i++) {
            Moment moment = random.nextBoolean() ? Moment.BEFORE : Moment.UNACKNOWLEDGED;
            survives(world, new CrashPoint(1 + random.nextInt(40), moment));
            world.assertSound();
            if (random.nextInt(3) == 0) {
                world.change();
                world.live.dir("papers").dir("old").file("b.txt", "again " + i);
            }
            world.clock.advance(java.time.Duration.ofMinutes(1));
        }
        world.run(CrashPoint.never());
        world.assertTidy();
    }
}
