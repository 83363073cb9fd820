package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.path.RawPath;
import cofre.testkit.zfs.ModelSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** Shares to which something of ZFS will happen. */
abstract class FaultyShares {
    @TempDir
    Path dir;

    private int worlds;

    /** A world with one point and changes since. */
    IncrementalWorld world() throws Exception {
        IncrementalWorld world = new IncrementalWorld(dir.resolve("w" + worlds++), ModelSettings.USUAL, "/tank/s");
        world.dataset.files().mkdir(path("/d"));
        world.dataset.files().create(path("/d/f"), bytes("one"));
        world.dataset.files().create(path("/d/g"), bytes("two"));
        world.dataset.files().create(path("/h"), bytes("three"));
        world.judge(world.run());
        change(world);
        return world;
    }

    static void change(IncrementalWorld world) {
        world.clock.advance(Duration.ofHours(1));
        world.zfs.sync();
        world.dataset.files().write(path("/d/f"), 1, bytes("changed"));
        world.dataset.files().create(path("/d/n" + world.clock.instant().getEpochSecond()), bytes("new"));
        world.dataset.files().rename(path("/h"), path("/d/i"));
        world.dataset.files().rename(path("/d/i"), path("/h"));
    }

    static RawPath path(String text) {
        return RawPath.ofDisplay(text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The next run finds everything, by the changes alone, and only its view is held. */
    static void assertGoesOn(IncrementalWorld world, Method method) throws Exception {
        change(world);
        BackupReport report = world.judge(world.run());
        assertThat(report.detection().method()).as(report.detection().why()).isEqualTo(method);
        assertThat(world.held()).containsExactly(world.lastView());
    }
}
