package cofre.backup;

import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.path.RawPath;
import cofre.repository.StoredSnapshot;
import cofre.source.Frozen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which earlier restore point a run compares with: the newest of the same source that is not younger than the view. A
 * dataset is known by its guid, so it stays the same source when it, or its mount point, gets another name; a plain
 * directory is known by its host and path.
 *
 * @param share the share's name
 * @param root its live path
 * @param hostname this host
 */
record ParentChoice(String share, RawPath root, String hostname) {
    Optional<StoredSnapshot> among(Collection<StoredSnapshot> points, Frozen view) {
        Optional<String> guid = view.source().guid();
        return points.stream()
                .filter(point -> PointTags.isOf(point.snapshot(), guid))
                .filter(point -> guid.isPresent() ? isOfShare(point.snapshot()) : isOfPlace(point.snapshot()))
                .filter(point -> !time(point).isAfter(view.time()))
                .max(Comparator.comparing(ParentChoice::time)
                        .thenComparing(point -> point.id().hash()));
    }

    /** Several shares may live on one dataset: by name, or where it was if the share was renamed. */
    private boolean isOfShare(Snapshot point) {
        return PointTags.share(point).equals(share) || point.paths().equals(List.of(root.toString()));
    }

    private boolean isOfPlace(Snapshot point) {
        return point.hostname().equals(hostname) && point.paths().equals(List.of(root.toString()));
    }

    private static Instant time(StoredSnapshot point) {
        return point.snapshot().time().toInstant();
    }

    /** Where the share's root is in that point's tree, empty when its record does not say one path. */
    static Optional<RawPath> rootIn(Snapshot point) {
        if (point.paths().size() != 1) {
            return Optional.empty();
        }
        String path = point.paths().get(0);
        try {
            return Optional.of(
                    PointTags.isOwn(point)
                            ? RawPath.ofDisplay(path)
                            : RawPath.of(path.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a record anybody may have written: nothing to compare with
        }
    }
}
