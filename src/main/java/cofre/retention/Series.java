package cofre.retention;

import cofre.format.PointTags;
import cofre.format.Snapshot;
import java.util.List;

/** Which restore points are judged together: so many a day of these, whatever others there are. */
public sealed interface Series {
    /** For people. */
    String text();

    /**
     * Points of one share in one dataset. The dataset's guid outlives its name and where it is mounted; the share is there
     * because two shares may lie in one dataset, and must not take each other's places.
     */
    record OfDataset(String guid, String share) implements Series {
        @Override
        public String text() {
            return "share " + share + " in dataset " + guid;
        }
    }

    /** Points that were made from no dataset: of one host and the same paths, as restic groups them. */
    record OfPlace(String host, List<String> paths) implements Series {
        public OfPlace {
            paths = paths.stream().sorted().toList();
        }

        @Override
        public String text() {
            return "host " + host + ", paths " + paths;
        }
    }

    /** The one a restore point is of. */
    static Series of(Snapshot snapshot) {
        String guid = PointTags.isOwn(snapshot) ? PointTags.guid(snapshot) : "";
        return guid.isEmpty()
                ? new OfPlace(snapshot.hostname(), snapshot.paths())
                : new OfDataset(guid, PointTags.share(snapshot));
    }
}
