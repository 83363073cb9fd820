package cofre.versions;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.repository.StoredSnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointChoiceTest {
    private static final ShownShare OBRAS = Records.share("obras", "7", "/tank/obras");

    @ParameterizedTest
    @CsvSource({
        // host, share, guid, path, shown
        "here,  obras, 7, /tank/obras,     true", // the plain case
        "here,  obras, 8, /tank/obras,     true", // made before the dataset was made anew
        "here,  obras, 7, /old/obras,      true", // the mount point was another one
        "there, obras, 7, /tank/obras,     true", // the same disks in another machine
        "there, obras, 8, /tank/obras,     false", // another server's share of this name
        "here,  works, 7, /tank/obras,     true", // the share was renamed
        "here,  works, 7, /tank/obras/sub, false", // another share of this dataset
        "here,  works, 8, /tank/obras,     false", // another share was here once: not shown as this one
    })
    void ofOursThoseOfTheShare(String host, String share, String guid, String path, boolean shown) {
        List<String> tags = PointTags.of(share, Optional.of(guid), "tank/obras@cofre-x", RightsModel.POSIX);
        assertThat(PointChoice.of(List.of(point(host, List.of(path), tags)), OBRAS))
                .hasSize(shown ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "here,  /tank/obras,     true",
        "here,  /tank,           true", // the directory above was backed up
        "here,  /,               true",
        "here,  /tank/obras/sub, false", // only a part of it
        "here,  /tank/obras2,    false",
        "there, /tank/obras,     false",
    })
    void ofRestics(String host, String path, boolean shown) {
        assertThat(PointChoice.of(List.of(point(host, List.of(path), List.of("nightly"))), OBRAS))
                .hasSize(shown ? 1 : 0);
    }

    @Test
    void oneOfSeveralPathsIsEnoughForRestics() {
        StoredSnapshot both = point("here", List.of("/etc", "/tank"), List.of());
        assertThat(PointChoice.of(List.of(both), OBRAS))
                .extracting(candidate -> candidate.covered().toString())
                .containsExactly("/tank");
    }

    @Test
    void oldestFirst() {
        List<String> tags = PointTags.of("obras", Optional.of("7"), "v", RightsModel.NFS4);
        StoredSnapshot newer = Records.point("a", "2026-02-01T00:00:00Z", "here", List.of("/tank/obras"), tags);
        StoredSnapshot older = Records.point("b", "2026-01-01T00:00:00-05:00", "here", List.of("/tank/obras"), tags);
        assertThat(PointChoice.of(List.of(newer, older), OBRAS))
                .extracting(PointChoice.Candidate::point)
                .containsExactly(older, newer);
    }

    @Test
    void rightsAreKnownWhereTheyWereKept() {
        Snapshot plain = point("here", List.of("/tank"), List.of()).snapshot();
        Snapshot nfs4 =
                point("here", List.of("/tank"), List.of("cofre", "rights=nfs4")).snapshot();
        Snapshot posix = point("here", List.of("/tank"), List.of("cofre", "rights=posix"))
                .snapshot();
        Snapshot boast =
                point("here", List.of("/tank"), List.of("rights=posix")).snapshot();
        assertThat(RightsTag.of(boast, false)).as("only ours are believed").isEqualTo(RightsModel.NONE);
        assertThat(RightsTag.of(plain, true)).isEqualTo(RightsModel.POSIX);
        assertThat(RightsTag.of(plain, false)).isEqualTo(RightsModel.NONE);
        assertThat(RightsTag.of(nfs4, false)).isEqualTo(RightsModel.NFS4);
        assertThat(RightsTag.of(nfs4, true)).isEqualTo(RightsModel.NFS4);
        assertThat(RightsTag.of(posix, false)).isEqualTo(RightsModel.POSIX);
    }

    private static StoredSnapshot point(String host, List<String> paths, List<String> tags) {
        return Records.point("p", "2026-01-01T00:00:00Z", host, paths, tags);
    }
}
