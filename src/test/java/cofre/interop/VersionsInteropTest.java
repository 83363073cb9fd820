package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.browse.BrowseException;
import cofre.browse.BrowseLimits;
import cofre.browse.LiveShare;
import cofre.browse.OpenVersionFile;
import cofre.browse.Spot;
import cofre.browse.Version;
import cofre.browse.VersionTools;
import cofre.browse.Versions;
import cofre.format.RightsModel;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Await;
import cofre.testkit.Engines;
import cofre.testkit.StoreBytes;
import cofre.testkit.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions out of repositories that real restic makes and prunes. */
@Tag("interop")
final class VersionsInteropTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] LARGE = StoreBytes.random(12_000_000, 5);

    @TempDir
    private Path temp;

    private Restic restic;
    private Path share;
    private Repository repository;
    private Versions tree;

    @BeforeEach
    void make() throws Exception {
        restic = new Restic("restic-0.18", temp.resolve("repository"), temp);
        restic.succeed("init");
        share = Files.createDirectories(temp.resolve("tank/obras"));
        Files.createDirectories(share.resolve("d"));
        Files.writeString(share.resolve("d/x"), "x");
        Files.write(share.resolve("large"), LARGE);
        Files.writeString(share.resolve("a"), "first");
        repository = new Repositories(Engines.engine(Clock.systemUTC()))
                .open(new LocalBackend(restic.repository(), Clock.systemUTC()), Engines.password());
        BrowseLimits limits = new BrowseLimits(
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                Duration.ofMinutes(10),
                1 << 20,
                1 << 20,
                64 << 20);
        tree = new Versions(new VersionTools(
                name -> repository.session(),
                temp.resolve("trees"),
                limits,
                name -> name,
                LiveShare.NONE,
                (name, version) -> {},
                System::nanoTime));
    }

    @AfterEach
    void close() {
        tree.close();
        repository.close();
    }

    private List<Version> show() throws Exception {
        RawPath root = RawPath.of(share.toString().getBytes(StandardCharsets.UTF_8));
        List<Version> versions = new ArrayList<>();
        for (StoredSnapshot point : repository.snapshots(Progress.NONE)) {
            versions.add(Version.of(point.id(), point.snapshot(), root, RightsModel.POSIX, "r")
                    .orElseThrow());
        }
        tree.show("obras", versions, OptionalLong.empty());
        for (Version version : versions) {
            Await.until("ready", PATIENCE, () -> tree.isReady("obras", version.name()));
        }
        return versions;
    }

    private Spot at(Version version, String... path) throws BrowseException {
        Spot spot = tree.find(tree.find(tree.top(), RawName.ofText("obras")).orElseThrow(), version.name())
                .orElseThrow();
        for (String name : path) {
            spot = tree.find(spot, RawName.ofText(name)).orElseThrow();
        }
        return spot;
    }

    private String text(Version version, String... path) throws BrowseException {
        byte[] into = new byte[100];
        try (OpenVersionFile file = tree.open(at(version, path))) {
            return new String(into, 0, file.read(0, into, 0, into.length), StandardCharsets.UTF_8);
        }
    }

    private void backUpIn(Path directory, String what) throws Exception {
        String line = "cd '" + directory + "' && '" + Tools.find("restic-0.18") + "' --no-cache -r '"
                + restic.repository() + "' backup " + what;
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
        builder.environment().put("RESTIC_PASSWORD", Engines.PASSWORD);
        builder.environment().put("HOME", temp.toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(temp.resolve("out").toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(temp.resolve("out"))).isZero();
    }

    @Test
    void theShareIsFoundHoweverResticWasCalled() throws Exception {
        backUpIn(temp, "'" + share + "'");
        backUpIn(share, ".");
        backUpIn(share.getParent(), "obras");
        backUpIn(temp, "tank");
        backUpIn(share.getParent(), ".");
        backUpIn(temp, "'" + share.getParent() + "' '" + Files.createDirectories(temp.resolve("other")) + "'");
        List<Version> versions = show();
        assertThat(versions).hasSize(6);
        for (Version version : versions) {
            assertThat(text(version, "a")).isEqualTo("first");
            assertThat(text(version, "d", "x")).isEqualTo("x");
            assertThat(tree.list(at(version))).hasSize(3);
        }
        assertThat(versions.stream().filter(version -> mode(version) == 0700).count())
                .as("only where restic kept nothing of the root it is for root alone")
                .isEqualTo(1);
    }

    private int mode(Version version) {
        try {
            return tree.attributes(at(version)).mode();
        } catch (BrowseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileIsReadWhileResticForgetsAndPrunes() throws Exception {
        restic.succeed("backup", share.toString());
        Files.writeString(share.resolve("a"), "second");
        Files.write(share.resolve("dropped"), StoreBytes.random(3_000_000, 6));
        restic.succeed("backup", share.toString());
        Files.delete(share.resolve("dropped"));
        restic.succeed("backup", share.toString());
        List<Version> versions = show();
        Version kept = versions.stream()
                .filter(version -> textOrNone(version, "a").equals("first"))
                .findFirst()
                .orElseThrow();
        try (OpenVersionFile file = tree.open(at(kept, "large"))) {
            byte[] into = new byte[LARGE.length];
            assertThat(file.read(0, into, 0, 100)).isEqualTo(100);
            List<Path> packs = packs();
            restic.succeed(
                    "forget",
                    "--prune",
                    "--max-unused",
                    "0",
                    "--repack-small",
                    kept.id().hex());
            assertThat(packs()).as("others than before").isNotEqualTo(packs);
            // Its metadata is local, and its content stays as long as others hold the same blobs.
            Await.until("read through new packs", PATIENCE, () -> {
                try {
                    return file.read(0, into, 0, LARGE.length) == LARGE.length;
                } catch (BrowseException.Unavailable e) {
                    return false;
                }
            });
            assertThat(into).isEqualTo(LARGE);
        }
        assertThat(tree.list(at(kept))).hasSize(3);
    }

    private List<Path> packs() throws Exception {
        try (Stream<Path> files = Files.walk(restic.repository().resolve("data"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String textOrNone(Version version, String name) {
        try {
            return text(version, name);
        } catch (BrowseException e) {
            return "";
        }
    }
}
