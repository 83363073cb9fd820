package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.zfs.EditScript;
import cofre.testkit.zfs.EditScripts;
import cofre.testkit.zfs.EditShrinker;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a share, a run that looks only at what changed makes the very tree that a walk of everything makes. */
@Timeout(1200)
class IncrementalTest {
    private static final int LARGEST = 3 << 20;
    private static final int SMALL = 40_000;
    private static final int ROUNDS = 10;

    @TempDir
    Path dir;

    private int worlds;

    /** How runs went. */
    private static final class Tally {
        int scripts;
        int walks;
        String firstWalk = "";
    }

    @Test
    void hundredsOfScriptsGiveTheTreeOfAWalk() throws Exception {
        judge(0, 30);
    }

    @Test
    @Tag("slow")
    void tenThousandScriptsGiveTheTreeOfAWalk() throws Exception {
        judge(1000, 1000);
    }

    private void judge(long firstSeed, int worldCount) throws Exception {
        Tally tally = new Tally();
        for (long seed = firstSeed; seed < firstSeed + worldCount; seed++) {
            long one = seed;
            List<EditScript> scripts = EditScripts.of(seed, seed % 25 == 0 ? LARGEST : SMALL, ROUNDS, 12);
            if (!difference(one, scripts, tally).isEmpty()) {
                List<EditScript> fewer = EditShrinker.shrink(
                        scripts, less -> !difference(one, less, new Tally()).isEmpty());
                throw new AssertionError(
                        "seed " + seed + ": " + difference(one, fewer, new Tally()) + "\n" + fewer.toString());
            }
        }
        assertThat(tally.scripts).isEqualTo(worldCount * ROUNDS);
        assertThat(tally.walks)
                .as("walks, the first because of " + tally.firstWalk)
                .isLessThanOrEqualTo(tally.scripts / 50);
    }

    /** What is not as a walk makes it, and when; empty when all is. */
    private String difference(long seed, List<EditScript> scripts, Tally tally) {
        try (IncrementalWorld world =
                new IncrementalWorld(Files.createDirectory(dir.resolve("w" + worlds++)), settings(seed), "/tank/s")) {
            for (int round = 0; round < scripts.size(); round++) {
                world.play(scripts.get(round));
                BackupReport report = world.run();
                String difference = world.difference(report);
                if (!difference.isEmpty()) {
                    return "round " + round + " " + difference;
                }
                if (round > 0) {
                    tally.scripts++;
                    if (report.detection().method() == Detection.Method.WALK) {
                        tally.walks++;
                        tally.firstWalk = tally.firstWalk.isEmpty()
                                ? "seed " + seed + " round " + round + ": "
                                        + report.detection().why()
                                : tally.firstWalk;
                    }
                }
            }
            return "";
        } catch (Exception e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    /** In every third world the clock stands still for milliseconds, as kernels' clocks do. */
    private static ModelSettings settings(long seed) {
        ModelSettings any = ModelSettings.random(new Random(seed));
        return seed % 3 == 0 ? any.withCoarseClock() : any;
    }
}
