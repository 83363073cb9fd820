package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.format.PackId;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.IndexRepair;
import cofre.repository.PackRepair;
import cofre.repository.Recovery;
import cofre.repository.RepairReport;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.SnapshotRepair;
import cofre.source.SnapshotSource;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S3, S6: restic agrees that what we repaired is sound, and we agree with what restic repaired. */
@Tag("interop")
@Timeout(600)
class RepairInteropTest {
    @TempDir
    Path temp;

    private final SettableClock clock = new SettableClock(Instant.now().toString());
    private final MemorySource source = new MemorySource(clock);
    private final MemoryNode live = source.tree("tank/obras");
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private Path store;
    private Repository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        store = temp.resolve("repository");
        live.file(RawName.ofText("stays"), StoreBytes.random(300_000, 31));
        live.file(RawName.ofText("goes"), StoreBytes.random(200_000, 32));
        live.dir("d").file("small", "a small one");
        repository = new Repositories(Engines.engine(clock)).init(new LocalBackend(store, clock), Engines.password());
        backUp();
    }

    private Restic restic(String version) {
        return new Restic("restic-" + version, store, temp);
    }

    private void backUp() throws Exception {
        clock.advance(Duration.ofMinutes(1));
        Repository session = repository.session();
        new BackupRun(Engines.tools(session, clock), session, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        "obras",
                        source,
                        new SnapshotSource.Request("obras", "tank/obras", RawPath.ofDisplay("/tank/obras")),
                        ExcludeRules.none(),
                        "run"));
    }

    private List<Path> stored(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Flips a byte in the middle of the largest pack, which holds file content. */
    private PackId spoil() throws IOException {
        Path pack = stored("data").stream()
                .max(Comparator.comparing(file -> file.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(pack);
        Files.write(pack, bytes);
        return PackId.parse(pack.getFileName().toString());
    }

    private void assertSound(String version) throws Exception {
        Restic restic = restic(version);
        assertThat(restic.succeed("check", "--read-data")).contains("no errors were found");
        restic.succeed(
                "restore",
                "latest",
                "--verify",
                "--target",
                Files.createTempDirectory(temp, "restored").toString());
        assertThat(new CheckRun(repository.session(), Progress.NONE).run(true).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void s3ResticAgreesWithPacksAndPointsWeRepaired(String version) throws Exception {
        PackId pack = spoil();
        assertThat(restic(version).run("check", "--read-data").status()).isNotZero();
        Set<PackId> bad = new CheckRun(repository.session(), Progress.NONE)
                .run(true).bad().stream().flatMap(copy -> copy.pack().stream()).collect(Collectors.toSet());
        assertThat(bad).containsExactly(pack);
        assertThat(new PackRepair(repository.session(), Progress.NONE)
                        .run(bad, false)
                        .lost())
                .isEqualTo(1);
        RepairReport points = new SnapshotRepair(repository.session(), Progress.NONE).run(Set.of(), true, false);
        assertThat(points.added()).hasSize(1);
        assertSound(version);
        assertThat(restic(version).succeed("snapshots", "--json")).contains("\"repaired\"", "\"original\"");
        backUp();
        assertSound(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void s3ResticAgreesWithTheIndexWeMadeAnew(String version) throws Exception {
        for (Path index : stored("index")) {
            Files.delete(index);
        }
        Path junk = store.resolve("index").resolve("ab".repeat(32));
        Files.write(junk, StoreBytes.random(300, 5));
        assertThat(new IndexRepair(repository.session(), Progress.NONE)
                        .run(false, false)
                        .changes())
                .isEqualTo(3);
        assertSound(version);
    }

    @Test
    void s6ResticAgreesThatARunHealedWhatWasMissing() throws Exception {
        Path pack = stored("data").get(0);
        Files.delete(pack);
        new IndexRepair(repository.session(), Progress.NONE).run(false, false);
        backUp();
        assertSound("0.18");
    }

    @Test
    void s3ResticRestoresWhatWasRecovered() throws Exception {
        for (Path record : stored("snapshots")) {
            Files.delete(record);
        }
        RepairReport report = new Recovery(repository.session(), Progress.NONE).run(false);
        assertThat(report.added()).hasSize(1);
        assertSound("0.18");
        Path target = Files.createDirectory(temp.resolve("recovered"));
        restic("0.18").succeed("restore", "latest", "--target", target.toString());
        try (Stream<Path> files = Files.walk(target)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("stays", "goes", "small");
        }
    }

    @Test
    void s3WeAgreeWithWhatResticRepaired() throws Exception {
        PackId pack = spoil();
        Restic restic = restic("0.18");
        restic.succeed("repair", "packs", pack.hex());
        restic.succeed("repair", "snapshots", "--forget");
        assertSound("0.18");
        backUp();
        assertSound("0.18");
        SnapshotId made = memory.points().get(0);
        assertThat(repository.snapshots(Progress.NONE))
                .anyMatch(point ->
                        point.snapshot().original().filter(made::equals).isPresent());
    }
}
