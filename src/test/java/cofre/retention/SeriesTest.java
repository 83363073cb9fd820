package cofre.retention;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void aDatasetsSeriesOutlivesItsNameAndItsHost() {
        List<String> tags = PointTags.of("obras", Optional.of("77"), "cofre-1", RightsModel.NONE);
        assertThat(Series.of(snapshot("old", List.of("/tank/obras"), tags)))
                .isEqualTo(Series.of(snapshot("new", List.of("/pool/works"), tags)))
                .isEqualTo(new Series.OfDataset("77", "obras"));
    }

    @Test
    void sharesOfOneDatasetDoNotTakeEachOthersPlaces() {
        assertThat(Series.of(
                        snapshot("h", List.of("/t/a"), PointTags.of("a", Optional.of("77"), "v", RightsModel.NONE))))
                .isNotEqualTo(Series.of(
                        snapshot("h", List.of("/t/b"), PointTags.of("b", Optional.of("77"), "v", RightsModel.NONE))));
    }

    @Test
    void aDatasetMadeAnewIsAnotherSeries() {
        assertThat(Series.of(
                        snapshot("h", List.of("/t/a"), PointTags.of("a", Optional.of("77"), "v", RightsModel.NONE))))
                .isNotEqualTo(Series.of(
                        snapshot("h", List.of("/t/a"), PointTags.of("a", Optional.of("78"), "v", RightsModel.NONE))));
    }

    @Test
    void otherPointsAreOfAHostAndItsPaths() {
        Series place = new Series.OfPlace("h", List.of("/a", "/b"));
        assertThat(Series.of(snapshot("h", List.of("/b", "/a"), List.of("x")))).isEqualTo(place);
        assertThat(Series.of(
                        snapshot("h", List.of("/b", "/a"), PointTags.of("s", Optional.empty(), "", RightsModel.NONE))))
                .isEqualTo(place);
        assertThat(Series.of(snapshot("h", List.of("/b", "/a"), List.of("dataset-guid=77"))))
                .as("only cofre's own tags mean a dataset")
                .isEqualTo(place);
        assertThat(Series.of(snapshot("h", List.of("/a"), List.of()))).isNotEqualTo(place);
        assertThat(Series.of(snapshot("i", List.of("/a", "/b"), List.of()))).isNotEqualTo(place);
    }

    @Test
    void aRestorePointIsACandidateWithItsOwnClockPinnedByATag() {
        SnapshotId id = SnapshotId.parse("1".repeat(64));
        Candidate<SnapshotId> free = Candidate.of(id, snapshot("h", List.of("/a"), List.of("x")), "pin");
        assertThat(free.time()).hasToString("2026-06-15T08:00+02:00");
        assertThat(free.shield()).isEqualTo(Candidate.Shield.NONE);
        assertThat(Candidate.of(id, snapshot("h", List.of("/a"), List.of("x", "pin")), "pin")
                        .shield())
                .isEqualTo(Candidate.Shield.PINNED);
    }

    private static Snapshot snapshot(String host, List<String> paths, List<String> tags) {
        return new Snapshot(
                ZonedDateTime.parse("2026-06-15T08:00:00+02:00"),
                Optional.empty(),
                BlobId.parse("0".repeat(64)),
                paths,
                host,
                "",
                0,
                0,
                List.of(),
                tags,
                Optional.empty(),
                "",
                Optional.empty());
    }
}
