package cofre.command;

import cofre.config.ShareSettings;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.repository.StoredSnapshot;
import cofre.retention.Candidate;
import cofre.retention.Guard;
import cofre.retention.Retention;
import cofre.retention.RetentionPlan;
import cofre.retention.Series;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which restore points of a share its policy keeps, series by series. Pure. */
final class ForgetPlans {
    /** Whoever puts this tag on a point, with restic tag for instance, keeps it. */
    static final String PIN = "pin";

    /**
     * Whose points may be judged: a repository may hold those of another server's share of this name.
     *
     * @param host this host's name
     * @param guid of the dataset the share's last point was made from; empty for a directory, or when not known
     */
    record Owner(String host, Optional<String> guid) {}

    private ForgetPlans() {}

    /** A plan for each series of the share's points, in an order that does not depend on who listed them. */
    static Map<Series, RetentionPlan<SnapshotId>> of(
            ShareSettings share, Owner owner, Guard guard, Collection<StoredSnapshot> points, Instant now) {
        Retention retention = new Retention(share.keep().orElseThrow(), guard);
        Map<Series, List<StoredSnapshot>> series = points.stream()
                .filter(point -> isOf(share, owner, point.snapshot()))
                .collect(Collectors.groupingBy(point -> Series.of(point.snapshot())));
        Map<Series, RetentionPlan<SnapshotId>> plans = new LinkedHashMap<>();
        series.keySet().stream()
                .sorted(Comparator.comparing(Series::text))
                .forEach(one -> plans.put(
                        one,
                        retention.plan(
                                series.get(one).stream()
                                        .map(point -> Candidate.of(point.id(), point.snapshot(), PIN))
                                        .toList(),
                                now)));
        return plans;
    }

    private static boolean isOf(ShareSettings share, Owner owner, Snapshot point) {
        boolean dataset = owner.guid().isPresent()
                && PointTags.guid(point).equals(owner.guid().get());
        return PointTags.isOwn(point)
                && PointTags.share(point).equals(share.name())
                && (dataset || point.hostname().equals(owner.host()));
    }
}
