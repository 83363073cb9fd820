package cofre.repository.prune;

import cofre.format.PackId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which packs wait to be deleted, and for how long they have waited as far as this host itself has seen. No clock but this
 * host's counts, and even that one is not believed more than half a grace at a time: a clock that is set forward cannot make a
 * pack old. Losing the list makes everything wait once more.
 *
 * @param look when it was last looked which packs wait
 * @param waited by pack, for how long it was seen to be in no index
 */
public record GraceList(Optional<Instant> look, Map<PackId, Duration> waited) {
    private static final String HEAD = "cofre-prune 1 ";

    public GraceList {
        waited = Map.copyOf(waited);
    }

    /** Nothing was ever seen. */
    public static GraceList empty() {
        return new GraceList(Optional.empty(), Map.of());
    }

    /** The list after a look at {@code now} that found just these packs in no index. */
    public GraceList after(Instant now, Set<PackId> inNoIndex, Duration grace) {
        Duration passed = look.map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
        Duration most = grace.dividedBy(2);
        Duration credit = passed.isNegative() ? Duration.ZERO : passed.compareTo(most) > 0 ? most : passed;
        Map<PackId, Duration> next = inNoIndex.stream()
                .collect(Collectors.toMap(
                        pack -> pack,
                        pack -> waited.containsKey(pack) ? waited.get(pack).plus(credit) : Duration.ZERO));
        return new GraceList(Optional.of(now), next);
    }

    /** With these packs too, which were dropped just now. */
    public GraceList with(Set<PackId> dropped) {
        Map<PackId, Duration> more = new HashMap<>(waited);
        dropped.forEach(pack -> more.put(pack, Duration.ZERO));
        return new GraceList(look, more);
    }

    /** Without these, which are gone or needed again. */
    public GraceList without(Set<PackId> gone) {
        Map<PackId, Duration> less = new HashMap<>(waited);
        less.keySet().removeAll(gone);
        return new GraceList(look, less);
    }

    /** Packs that have waited long enough. */
    public Set<PackId> ripe(Duration grace) {
        return waited.entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(grace) >= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * What must happen before all that wait are ripe.
     *
     * @param from not before this moment
     * @param looks this many looks from now on, at least 1; each but the last counts for half a grace at most
     */
    public record Forecast(Instant from, int looks) {}

    /** When all are ripe at the earliest. To be asked of a list that was looked through. */
    public Forecast forecast(Duration grace) {
        Duration least = waited.values().stream().min(Comparator.naturalOrder()).orElse(grace);
        Duration left = least.compareTo(grace) < 0 ? grace.minus(least) : Duration.ZERO;
        long half = grace.dividedBy(2).toMillis();
        long looks = half == 0 ? 1 : Math.max(1, (left.toMillis() + half - 1) / half);
        return new Forecast(look.orElse(Instant.EPOCH).plus(left), Math.toIntExact(looks));
    }

    /** As a small text file. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder(HEAD)
                .append(look.orElse(Instant.EPOCH).getEpochSecond())
                .append('\n');
        waited.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().hex()))
                .forEach(entry -> text.append(entry.getKey().hex())
                        .append(' ')
                        .append(entry.getValue().toSeconds())
                        .append('\n'));
        return text.append("end\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The list from its file; an empty one when the file is not whole. */
    public static GraceList decode(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(HEAD) || !text.endsWith("\nend\n")) {
            return empty();
        }
        String[] lines = text.split("\n", -1);
        try {
            Map<PackId, Duration> waited = new HashMap<>();
            for (int i = 1; i < lines.length - 2; i++) {
                String[] words = lines[i].split(" ", -1);
                waited.put(PackId.parse(words[0]), Duration.ofSeconds(Long.parseLong(words[1])));
            }
            Instant look = Instant.ofEpochSecond(Long.parseLong(lines[0].substring(HEAD.length())));
            return new GraceList(Optional.of(look).filter(time -> !time.equals(Instant.EPOCH)), waited);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | java.time.DateTimeException e) {
            return empty();
        }
    }
}
