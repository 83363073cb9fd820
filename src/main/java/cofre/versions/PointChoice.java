package cofre.versions;

import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.path.RawPath;
import cofre.repository.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which restore points of a repository show a share. A repository may hold those of other shares, hosts and programs. Pure. */
final class PointChoice {
    private PointChoice() {}

    /**
     * A point, and what it covers.
     *
     * @param point the record
     * @param covered the share's root or a directory above it, absolute
     */
    record Candidate(StoredSnapshot point, RawPath covered) {
        /** Whether cofre made it: then the way to the share's root is in its tree. */
        boolean isOwn() {
            return PointTags.isOwn(point.snapshot());
        }
    }

    /** Those that show the share, oldest first. */
    static List<Candidate> of(Collection<StoredSnapshot> all, ShownShare share) {
        return all.stream()
                .map(point -> covered(point.snapshot(), share).map(path -> new Candidate(point, path)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(
                                (Candidate c) -> c.point().snapshot().time().toInstant())
                        .thenComparing(c -> c.point().id().hex()))
                .toList();
    }

    private static Optional<RawPath> covered(Snapshot point, ShownShare share) {
        return PointTags.isOwn(point) ? ownPath(point, share) : foreignPath(point, share);
    }

    /**
     * One of ours is of the share when it says so, and is of this dataset, or at least of this host: another server may
     * have a share of this name. A share that was renamed is known by dataset and path.
     */
    private static Optional<RawPath> ownPath(Snapshot point, ShownShare share) {
        boolean dataset = share.guid().isPresent()
                && PointTags.guid(point).equals(share.guid().get());
        boolean here = dataset || point.hostname().equals(share.host());
        if (!here || point.paths().size() != 1) {
            return Optional.empty();
        }
        Optional<RawPath> path = path(() -> RawPath.ofDisplay(point.paths().get(0)));
        boolean named = PointTags.share(point).equals(share.name());
        return path.filter(p -> named || (dataset && p.equals(share.root())));
    }

    /** One of restic's is of the share when this host made it of the share's root or of a directory above. */
    private static Optional<RawPath> foreignPath(Snapshot point, ShownShare share) {
        if (!point.hostname().equals(share.host())) {
            return Optional.empty();
        }
        return point.paths().stream()
                .map(text -> path(() -> RawPath.of(text.getBytes(StandardCharsets.UTF_8))))
                .flatMap(Optional::stream)
                .filter(path -> isAtOrAbove(path, share.root()))
                .findFirst();
    }

    private static boolean isAtOrAbove(RawPath above, RawPath path) {
        return above.names().size() <= path.names().size()
                && path.names().subList(0, above.names().size()).equals(above.names());
    }

    private interface Parsing {
        RawPath parse();
    }

    private static Optional<RawPath> path(Parsing parsing) {
        try {
            return Optional.of(parsing.parse());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a record may say anything
        }
    }
}
