package cofre.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawPath;
import cofre.process.ProgramResult;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.testkit.zfs.DiffLie;
import cofre.testkit.zfs.ModelDataset;
import cofre.testkit.zfs.ModelSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated zfs(8) as far as changes are concerned: commands, bookmarks, what befalls snapshots, lies. */
class SimulatedChangesTest {
    private final SimulatedZfs zfs = new SimulatedZfs(new SettableClock("2026-11-21T10:15:00Z"));
    private final ModelDataset files = zfs.create("tank/a", ModelSettings.USUAL).files();

    private ProgramResult run(String... words) {
        return zfs.run(List.of(words), Duration.ofSeconds(1));
    }

    private static RawPath path(String text) {
        return RawPath.ofDisplay(text);
    }

    @BeforeEach
    void makeTwoSnapshots() {
        for (String name : List.of("/f1", "/f2", "/f3")) {
            files.create(path(name), name.getBytes(StandardCharsets.UTF_8));
        }
        zfs.snapshot("tank/a", "1", Map.of());
        for (String name : List.of("/f1", "/f2", "/f3")) {
            files.write(path(name), 0, new byte[] {'x'});
        }
        zfs.snapshot("tank/a", "2", Map.of());
    }

    @Test
    void bookmarksAreMadeListedAndDestroyed() {
        String guid = zfs.dataset("tank/a").guidOf("1");
        long txg = zfs.dataset("tank/a").createTxgOf("1");
        assertThat(run("bookmark", "tank/a@1", "tank/a#b").isSuccess()).isTrue();
        assertThat(run("bookmark", "tank/a@1", "#b").err())
                .isEqualTo("cannot create bookmark 'tank/a#b': bookmark exists");
        zfs.destroy("tank/a", "1");
        assertThat(run("list", "-Hp", "-d", "1", "-t", "bookmark", "-o", "name,guid,createtxg", "tank/a")
                        .out())
                .isEqualTo("tank/a#b\t" + guid + "\t" + txg + "\n");
        assertThat(run("get", "-Hp", "-d", "1", "-t", "bookmark", "-o", "name,property,value,source", "guid", "tank/a")
                        .out())
                .isEqualTo("tank/a#b\tguid\t" + guid + "\t-\n");
        assertThat(run("get", "-Hp", "-o", "value", "guid", "tank/a#b").out()).isEqualTo(guid + "\n");
        assertThat(run("destroy", "tank/a#b").isSuccess()).isTrue();
        assertThat(run("destroy", "tank/a#b").err()).isEqualTo("bookmark 'tank/a#b' does not exist.");
    }

    @Test
    void snapshotsAndBookmarksAreListedTogetherOnRequest() {
        run("bookmark", "tank/a@1", "tank/a#b");
        assertThat(run("list", "-Hp", "-r", "-t", "snapshot,bookmark", "-o", "name", "tank/a")
                        .out())
                .isEqualTo("tank/a@1\ntank/a@2\ntank/a#b\n");
    }

    @Test
    void aSnapshotThatIsGoneIsNoBase() {
        zfs.destroy("tank/a", "1");
        assertThat(run("send", "-nP", "-i", "tank/a@1", "tank/a@2").err())
                .isEqualTo("warning: cannot send 'tank/a@2': incremental source (tank/a@1) does not exist");
        assertThat(run("diff", "-FHt", "tank/a@1", "tank/a@2").err())
                .isEqualTo("Unable to obtain diffs: No such file or directory");
    }

    @Test
    void aRollbackTakesTheTreeBack() throws SourceException {
        files.unlink(path("/f1"));
        zfs.rollback("tank/a", "1");
        assertThat(zfs.dataset("tank/a").snapshots()).containsExactly("1");
        assertThat(files.namesIn(RawPath.ROOT)).hasSize(3);
        zfs.snapshot("tank/a", "3", Map.of());
        assertThat(run("diff", "-FHt", "tank/a@1", "tank/a@3").out()).isEmpty();
        try (SourceDir root = zfs.open(path("/tank/a/.zfs/snapshot/3"), Optional.of("tank/a@3"), "tank/a@3")) {
            assertThat(root.names()).hasSize(3);
        }
    }

    @Test
    void aRenamedDatasetIsDiffedUnderItsNewName() {
        zfs.rename("tank/a", "tank/b");
        assertThat(run("diff", "-FHt", "tank/a@1", "tank/a@2").isSuccess()).isFalse();
        assertThat(run("diff", "-FHt", "tank/b@1", "tank/b@2").out()).contains("\t/tank/b/f1\n");
    }

    @Test
    void whatIsDeniedIsRefused() {
        List.of("send", "diff", "bookmark").forEach(zfs.changes()::deny);
        assertThat(run("send", "-i", "@1", "tank/a@2").err()).endsWith("permission denied");
        assertThat(run("diff", "-FHt", "tank/a@1", "tank/a@2").err()).contains("delegated permission is needed");
        assertThat(run("bookmark", "tank/a@1", "#b").err()).endsWith("permission denied");
    }

    @ParameterizedTest
    @EnumSource
    void everyLieIsToldAndDiffersFromTheTruth(DiffLie lie) {
        ProgramResult truth = run("diff", "-FHt", "tank/a@1", "tank/a@2");
        assertThat(truth.out().lines()).hasSize(3);
        List<Integer> found = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            zfs.changes().lie(lie, seed);
            ProgramResult lied = run("diff", "-FHt", "tank/a@1", "tank/a@2");
            assertThat(lied).isNotEqualTo(truth);
            found.add(Arrays.hashCode(lied.out().getBytes(StandardCharsets.US_ASCII)));
        }
        assertThat(found.stream().distinct().count()).isGreaterThan(lie == DiffLie.NOISE ? 0 : 1);
        zfs.changes().tellTheTruth();
        assertThat(run("diff", "-FHt", "tank/a@1", "tank/a@2")).isEqualTo(truth);
    }
}
