package cofre.versions;

import cofre.browse.Inside;
import cofre.browse.Version;
import cofre.browse.VersionTree;
import cofre.format.BlobId;
import cofre.format.RightsModel;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.state.ShownPoints;

/** Versions as they are remembered. */
final class KnownVersion {
    private KnownVersion() {}

    static Version of(ShownPoints.Point known, String repository) {
        return new Version(
                RawName.ofText(known.name()),
                SnapshotId.parse(known.point()),
                known.time(),
                BlobId.parse(known.tree()),
                new Inside(RawPath.ofDisplay(known.inside()), known.covered(), known.mayBeCut()),
                RightsModel.valueOf(known.rights()),
                repository,
                new VersionTree.Totals(known.bytes(), known.entries()));
    }

    static ShownPoints.Point toState(Version version, boolean made) {
        return new ShownPoints.Point(
                version.name().toString(),
                version.id().hex(),
                version.time(),
                version.tree().hex(),
                version.inside().path().toString(),
                version.inside().covered(),
                version.inside().mayBeCut(),
                version.rights().name(),
                version.totals().bytes(),
                version.totals().entries(),
                made);
    }
}
