package cofre.versions;

import cofre.browse.Inside;
import cofre.browse.Version;
import cofre.browse.VersionTree;
import cofre.format.BlobId;
import cofre.format.RightsModel;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.repository.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Points and shares made up for tests. */
final class Records {
    static final BlobId TREE = new BlobId(Sha256.hash("tree".getBytes(StandardCharsets.UTF_8)));

    private Records() {}

    static SnapshotId id(String name) {
        return new SnapshotId(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)));
    }

    static StoredSnapshot point(String name, String time, String host, List<String> paths, List<String> tags) {
        Snapshot snapshot = new Snapshot(
                ZonedDateTime.parse(time),
                Optional.empty(),
                TREE,
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
        return new StoredSnapshot(id(name), snapshot);
    }

    static Version remote(String name, String time) {
        return new Version(
                RawName.ofText(name),
                id(name),
                Instant.parse(time),
                TREE,
                Inside.at(RawPath.ofDisplay("/tank/obras")),
                RightsModel.POSIX,
                "central",
                new VersionTree.Totals(0, 0));
    }

    static ShownShare share(String name, String guid, String root) {
        return new ShownShare(
                name,
                "central",
                guid.isEmpty() ? Optional.empty() : Optional.of(guid),
                "here",
                RawPath.ofDisplay(root),
                OptionalLong.empty(),
                false,
                256);
    }
}
