package cofre.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobId;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.repository.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointFinderTest {
    private static final String A = "aaaa1111" + "0".repeat(56);
    private static final String B = "aaaa2222" + "0".repeat(56);
    private static final String C = "c".repeat(64);

    private final PointFinder points = new PointFinder(List.of(
            point(B, "2026-02-01T00:00:00Z", PointTags.of("docs", Optional.empty(), "", RightsModel.NONE)),
            point(C, "2026-03-01T00:00:00Z", List.of("by restic")),
            point(
                    A,
                    "2026-01-01T00:00:00+02:00",
                    PointTags.of("works", Optional.of("7"), "tank@x", RightsModel.NONE))));

    @Test
    void listsOldestFirst() {
        assertThat(points.all()).extracting(point -> point.id().hex()).containsExactly(A, B, C);
        assertThat(points.ofShare("docs")).extracting(point -> point.id().hex()).containsExactly(B);
    }

    @Test
    void knowsFullIdsUniquePrefixesAndTheLatest() throws Exception {
        assertThat(points.find(A).id().hex()).isEqualTo(A);
        assertThat(points.find("aaaa2").id().hex()).isEqualTo(B);
        assertThat(points.find("C").id().hex()).isEqualTo(C);
        assertThat(points.find("latest").id().hex()).isEqualTo(C);
        assertThat(points.find("latest:works").id().hex()).isEqualTo(A);
    }

    @Test
    void anAmbiguousPrefixNamesTheCandidates() {
        assertThatThrownBy(() -> points.find("aaaa"))
                .isInstanceOf(PointException.Ambiguous.class)
                .hasMessageContaining("2 begin with it")
                .hasMessageContaining("aaaa111100000000 (2025-12-31T22:00:00Z)")
                .hasMessageContaining("aaaa222200000000 (2026-02-01T00:00:00Z)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b", // no such prefix
                "", // nothing at all
                "latest:", // no share
                "latest:nothing",
                "LATEST", // not a word of ours, and no hex
                "../x",
                "aaaa1111\u001b[31m", // must not reach the terminal as it is
                "0000000000000000000000000000000000000000000000000000000000000000000" // longer than an id
            })
    void whatIsNoPointIsSaidSo(String typed) {
        assertThatThrownBy(() -> points.find(typed))
                .isInstanceOf(PointException.NoSuchPoint.class)
                .hasMessageStartingWith("cannot find")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
    }

    @Test
    void anUnknownShareListsThoseThereAre() {
        assertThatThrownBy(() -> points.find("latest:sales")).hasMessageContaining("\"docs\", \"works\"");
    }

    @Test
    void anEmptyRepositoryHasNoLatest() {
        assertThatThrownBy(() -> new PointFinder(List.of()).find("latest"))
                .isInstanceOf(PointException.NoSuchPoint.class)
                .hasMessageContaining("cofre backup");
    }

    @Test
    void aRowShowsShareAndSizesWhereKnown() {
        PointRow row = PointRow.of(points.all().get(0));
        assertThat(row.share()).isEqualTo("works");
        assertThat(row.sizes()).isEmpty();
    }

    private static StoredSnapshot point(String id, String time, List<String> tags) {
        BlobId tree = new BlobId(Sha256.hash("tree".getBytes(StandardCharsets.UTF_8)));
        return new StoredSnapshot(
                new SnapshotId(Sha256.parse(id)),
                new Snapshot(
                        ZonedDateTime.parse(time),
                        Optional.empty(),
                        tree,
                        List.of("/x"),
                        "host",
                        "root",
                        0,
                        0,
                        List.of(),
                        tags,
                        Optional.empty(),
                        "",
                        Optional.empty()));
    }
}
