package cofre.state;

import cofre.format.KeyId;
import cofre.format.SnapshotId;
import cofre.state.KnownRepository.OwnPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a repository is what this host knows it to be. Pure. Somebody else's forget is no reason for alarm: any policy
 * keeps the newest point of a share, and thins out days rather than dropping most of them at once. So the alarm is a newest
 * point gone, or more than half of the days gone on which this host made points; points of a day that still has one do not
 * count, or a forget after a day of points every quarter of an hour would cry wolf each night. A point that another program
 * made of the same place counts like one of ours: an older state of the repository would not hold it.
 */
public final class Recognition {
    private final List<String> alarms = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final KnownRepository known;
    private final Sight sight;
    private KnownRepository next;

    private Recognition(KnownRepository known, Sight sight) {
        this.known = known;
        this.sight = sight;
        this.next = known;
    }

    /**
     * What was found.
     *
     * @param alarms why nothing must be written to it; empty when it is recognised
     * @param notes what has changed without being a reason for that
     * @param next what is to be known from now on
     */
    public record Verdict(List<String> alarms, List<String> notes, KnownRepository next) {
        public Verdict {
            alarms = List.copyOf(alarms);
            notes = List.copyOf(notes);
        }
    }

    /** Compares. */
    public static Verdict judge(KnownRepository known, Sight sight) {
        return new Recognition(known, sight).verdict();
    }

    private Verdict verdict() {
        if (!sight.id().equals(known.id())) {
            alarms.add("it is another repository: id " + sight.id() + " vs " + known.id() + ", which was seen last at "
                    + known.seen());
        } else {
            identity();
            points();
            keys();
        }
        if (alarms.isEmpty()) {
            List<OwnPoint> points = next.points();
            next = new KnownRepository(
                    sight.id(), sight.polynomial(), sight.keys(), points, sight.indexes(), sight.time(), "");
        } else {
            next = known.withAlarm(String.join("; ", alarms));
        }
        return new Verdict(alarms, notes, next);
    }

    private void identity() {
        if (sight.polynomial() != known.polynomial()) {
            alarms.add("its config file is another one: polynomial " + Long.toHexString(sight.polynomial()) + " vs "
                    + Long.toHexString(known.polynomial()));
        }
        if (sight.indexes() == 0 && known.indexes() > 0 && !sight.points().isEmpty()) {
            alarms.add("all its index files are gone: none vs " + known.indexes());
        }
    }

    private void points() {
        List<OwnPoint> left = new ArrayList<>();
        List<OwnPoint> gone = new ArrayList<>();
        for (OwnPoint point : known.points()) {
            SnapshotId name = sight.replaced().getOrDefault(point.id(), point.id());
            if (sight.points().contains(point.id())) {
                left.add(point);
            } else if (sight.points().contains(name)) {
                left.add(new OwnPoint(name, point.share(), point.time(), point.series()));
            } else {
                gone.add(point);
            }
        }
        next = known.withPoints(left);
        if (gone.isEmpty()) {
            return;
        }
        String story = gone.size() + " of " + known.points().size() + " restore points this host made are gone";
        List<OwnPoint> newestGone = newest(known.points());
        newestGone.retainAll(gone);
        newestGone.removeIf(point -> others(point).anyMatch(time -> !time.isBefore(point.time())));
        if (!newestGone.isEmpty()) {
            OwnPoint worst = newestGone.get(newestGone.size() - 1);
            alarms.add(story + ", among them the newest of share " + worst.share() + " (" + worst.id() + " of "
                    + worst.time() + "): it was set back to an older state, or somebody has deleted them");
        } else if (2 * lostDays(left, gone) > days(known.points()).size()) {
            alarms.add(story + ", more than a forget takes at once: of " + lostDays(left, gone) + " of "
                    + days(known.points()).size() + " days none is left");
        } else {
            notes.add(story + "; the newest are there, as after a forget");
        }
    }

    /** When others made points of the same place. One of tomorrow shows nothing: it may be as old as any. */
    private Stream<Instant> others(OwnPoint point) {
        return sight.times().getOrDefault(point.series(), List.of()).stream()
                .filter(time -> !time.isAfter(sight.time()));
    }

    /** Of each share, oldest first. */
    private static List<OwnPoint> newest(List<OwnPoint> points) {
        Map<String, OwnPoint> newest = new HashMap<>();
        points.forEach(point -> newest.put(point.share(), point)); // they are in the order of their times
        List<OwnPoint> sorted = new ArrayList<>(points);
        sorted.retainAll(newest.values());
        return sorted;
    }

    private record Day(String share, LocalDate date) {}

    private static Set<Day> days(Collection<OwnPoint> points) {
        Set<Day> days = new HashSet<>();
        points.forEach(point -> days.add(new Day(point.share(), date(point.time()))));
        return days;
    }

    private static LocalDate date(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private int lostDays(List<OwnPoint> left, List<OwnPoint> gone) {
        Set<Day> lost = days(gone);
        lost.removeAll(days(left));
        gone.forEach(point -> others(point).forEach(time -> lost.remove(new Day(point.share(), date(time)))));
        return lost.size();
    }

    private void keys() {
        Set<KeyId> added = new HashSet<>(sight.keys());
        added.removeAll(known.keys());
        added.forEach(key ->
                notes.add("key " + key + " was not there before: if nobody you know added it, see cofre key list"));
        if (!known.keys().isEmpty() && added.size() == sight.keys().size()) {
            notes.add(
                    "all keys this host knew are gone: the password was changed somewhere else; the daemon goes on with"
                            + " the one it holds, and needs the new one after a restart");
        }
    }
}
