package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.process.ProgramResult;
import cofre.process.ProgramResult.Ending;
import cofre.testkit.SimulatedZfs;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Z5 of {@code zfs send}: whatever is wrong with it, the share is walked. */
@Timeout(120)
class StreamFlawsTest extends FaultyShares {
    @Test
    void z5AStreamThatIsSpoiltInAnyWayMeansAWalk() throws Exception {
        Random random = new Random(5);
        List<UnaryOperator<byte[]>> flaws = List.of(
                stream -> Arrays.copyOf(stream, random.nextInt(stream.length)),
                stream -> new byte[0],
                stream -> Arrays.copyOf(stream, stream.length + 1),
                stream -> Arrays.copyOfRange(stream, 8, stream.length),
                stream -> spoilt(stream, random.nextInt(stream.length)),
                stream -> spoilt(stream, 312 + random.nextInt(stream.length - 312)));
        try (IncrementalWorld world = world()) {
            for (int i = 0; i < 30; i++) {
                world.zfs.changes().transmit(flaws.get(i % flaws.size()));
                BackupReport report = world.judge(world.run());
                assertThat(report.detection().method()).as("flaw %d", i).isEqualTo(Method.WALK);
                assertThat(report.detection().distrust()).isEmpty();
                change(world);
            }
            world.zfs.changes().transmit(UnaryOperator.identity());
            assertGoesOn(world, Method.STREAM);
        }
    }

    private static byte[] spoilt(byte[] stream, int at) {
        byte[] other = stream.clone();
        other[at] ^= 0x10;
        return other;
    }

    @Test
    void z5SendThatFailsComplainsOrHangsMeansAWalk() throws Exception {
        List<ProgramResult> bad = List.of(
                SimulatedZfs.failed("warning: cannot send 'tank/s@x': signal received"),
                SimulatedZfs.failed("internal error: Invalid argument"),
                new ProgramResult(Ending.EXITED, 0, "", true, "a word of complaint"),
                new ProgramResult(Ending.EXITED, 0, "", true, ""),
                new ProgramResult(Ending.TIMED_OUT, -1, "", false, ""),
                new ProgramResult(Ending.NOT_STARTED, -1, "", false, "no such file"));
        try (IncrementalWorld world = world()) {
            for (String option : List.of("-nP", "-Lc")) {
                for (ProgramResult answer : bad) {
                    world.zfs.answerOnce(
                            call -> call.get(0).equals("send") && call.get(1).equals(option), answer);
                    BackupReport report = world.judge(world.run());
                    assertThat(report.detection().method())
                            .as("%s %s", option, answer)
                            .isEqualTo(Method.WALK);
                    change(world);
                }
            }
            assertGoesOn(world, Method.STREAM);
        }
    }
}
