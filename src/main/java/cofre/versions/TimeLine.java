package cofre.versions;

import cofre.browse.Version;
import cofre.path.RawPath;
import cofre.previous.PreviousVersion;
import cofre.previous.Thinning;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Local and remote points of a share as one line, no longer than can be shown. Samba tells them apart by whole seconds: of
 * several in one second a local one is taken, which costs no network, else the one with the smallest id. Immutable.
 *
 * @param local those shown from ZFS
 * @param remote those shown from the repository
 */
record TimeLine(List<PreviousVersion> local, List<Version> remote) {
    TimeLine {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    /** The line of these, thinned to {@code most}. */
    static TimeLine of(List<PreviousVersion> local, List<Version> remote, int most) {
        List<Instant> moments = new ArrayList<>();
        local.forEach(version -> moments.add(version.time()));
        remote.forEach(point -> moments.add(point.time()));
        NavigableSet<Instant> chosen = Thinning.choose(moments, most);
        Set<Instant> taken = new HashSet<>();
        List<PreviousVersion> shownLocal = local.stream()
                .filter(version -> chosen.contains(second(version.time())) && taken.add(second(version.time())))
                .toList();
        List<Version> shownRemote = remote.stream()
                .sorted(Comparator.comparing((Version p) -> second(p.time())).thenComparing(p -> p.id().hex()))
                .filter(point -> chosen.contains(second(point.time())) && taken.add(second(point.time())))
                .toList();
        return new TimeLine(shownLocal, shownRemote);
    }

    /** What the farm shows now: remote points only when they are ready. */
    List<PreviousVersion> shown(Predicate<Version> ready, Function<Version, RawPath> place) {
        List<PreviousVersion> all = new ArrayList<>();
        remote.stream().filter(ready).forEach(point -> all.add(new PreviousVersion(point.time(), place.apply(point))));
        all.addAll(local);
        return all;
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
