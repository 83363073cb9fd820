package cofre.config;

import cofre.retention.RetentionPolicy;
import cofre.retention.Rule;
import java.util.Optional;

/** Reads what a table {@code [share.NAME]} says about ZFS snapshots that stay here. */
final class LocalReader {
    private static final int POINTS = 96;

    /** With a policy this is only the bound beyond which listing snapshots becomes slow. */
    private static final int POINTS_WITH_POLICY = 1000;

    private static final int MAX_POINTS = 10_000;

    private LocalReader() {}

    static LocalTier read(Table table, ShareSource source) {
        Optional<RetentionPolicy> keep = KeepReader.read(table, "keep_local");
        int fallback = keep.isPresent() ? POINTS_WITH_POLICY : POINTS;
        LocalTier tier = new LocalTier(
                table.number("local_points", 1, MAX_POINTS, fallback), table.schedule("local_schedule"), keep);
        if (keep.isPresent() && keep.get().rules().stream().anyMatch(Rule.Tagged.class::isInstance)) {
            table.fault("keep_local", "tags", "other rules, since ZFS snapshots have no tags");
        }
        if (source instanceof ShareSource.Directory) {
            refuse(table, "local_schedule", !tier.schedule().isNever());
            refuse(table, "keep_local", keep.isPresent());
        }
        return tier;
    }

    private static void refuse(Table table, String key, boolean isAsked) {
        if (isAsked) {
            table.fault(key, "a rule for ZFS snapshots", "nothing, since a plain directory has none; dataset has");
        }
    }
}
