package cofre.config;

import cofre.retention.CalendarSpan;
import cofre.retention.Interval;
import cofre.retention.RetentionPolicy;
import cofre.retention.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a policy of a share: which restore points {@code cofre forget} keeps, or which ZFS snapshots stay. */
final class KeepReader {
    /** More than any history has; and far from where counting ends. */
    private static final int MAX = 1_000_000;

    private static final String SPAN = "years, months, days and hours, such as \"1y6m\", \"30d\" or \"48h\"";

    private KeepReader() {}

    /** The policy; empty when there is no such table. */
    static Optional<RetentionPolicy> read(Table share, String key) {
        if (!share.has(key)) {
            return Optional.empty();
        }
        Table keep = share.table(key);
        List<Rule> rules = new ArrayList<>();
        keep.count("last", MAX, Rule.UNLIMITED).ifPresent(count -> rules.add(new Rule.Last(count)));
        span(keep, "within").ifPresent(reach -> rules.add(new Rule.Within(reach)));
        for (Interval each : Interval.values()) {
            String name = each.name().toLowerCase(Locale.ROOT);
            keep.count(name, MAX, Rule.UNLIMITED).ifPresent(count -> rules.add(new Rule.Every(each, count)));
            span(keep, "within_" + name).ifPresent(reach -> rules.add(new Rule.EveryWithin(each, reach)));
        }
        keep.words("tags", "a list of tags: [\"year-end\"]; of \"a,b\" a point must have both").stream()
                .map(Rule.Tagged::parse)
                .forEach(rules::add);
        keep.rejectOthers();
        if (rules.isEmpty()) {
            // Whatever else is in it was told already.
            if (keep.names().isEmpty()) {
                share.fault(key, "no rules", "one or more, such as { daily = 7, weekly = 4, monthly = 6 }");
            }
            return Optional.empty();
        }
        return Optional.of(new RetentionPolicy(rules));
    }

    private static Optional<CalendarSpan> span(Table keep, String key) {
        return keep.read(key, SPAN, text -> {
            try {
                return Optional.of(CalendarSpan.parse(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }
}
