package cofre.restore;

import cofre.format.PointTags;
import cofre.path.Display;
import cofre.repository.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The restore points of a repository, and which of them a person means. Immutable. */
public final class PointFinder {
    /** The word for the newest point; with {@code :SHARE}, the newest of that share. */
    public static final String LATEST = "latest";

    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{1,64}");
    private static final int SHOWN = 8;

    private final List<StoredSnapshot> points;

    /** Over these points, in any order. */
    public PointFinder(Collection<StoredSnapshot> points) {
        // two points of one moment are told apart by their ids, so that "latest" is the same for everybody
        this.points = points.stream()
                .sorted(Comparator.comparing(PointFinder::time)
                        .thenComparing(point -> point.id().hash()))
                .toList();
    }

    /** All points, oldest first. */
    public List<StoredSnapshot> all() {
        return points;
    }

    /** The points of one share, oldest first; of no name none, as points that others made have none. */
    public List<StoredSnapshot> ofShare(String share) {
        return points.stream()
                .filter(point ->
                        !share.isEmpty() && PointTags.share(point.snapshot()).equals(share))
                .toList();
    }

    /**
     * The point meant by a full id, the beginning of one, {@code latest} or {@code latest:SHARE}.
     *
     * @throws PointException when that is none or several
     */
    public StoredSnapshot find(String typed) throws PointException {
        if (typed.equals(LATEST)) {
            return newest(points, "the repository has none");
        }
        if (typed.startsWith(LATEST + ":")) {
            String share = typed.substring(LATEST.length() + 1);
            return newest(
                    ofShare(share), "there is none of share " + quoted(share) + "; shares with points: " + shares());
        }
        String prefix = typed.toLowerCase(Locale.ROOT);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new PointException.NoSuchPoint("cannot find restore point " + quoted(typed)
                    + ": it is no id vs hex digits, latest or latest:SHARE; list them with: cofre points");
        }
        return byPrefix(prefix);
    }

    private StoredSnapshot byPrefix(String prefix) throws PointException {
        List<StoredSnapshot> found =
                points.stream().filter(p -> p.id().hex().startsWith(prefix)).toList();
        if (found.isEmpty()) {
            throw new PointException.NoSuchPoint("cannot find restore point " + prefix + ": none of the "
                    + points.size() + " begins with it; list them with: cofre points");
        }
        if (found.size() > 1) {
            throw new PointException.Ambiguous("cannot choose restore point " + prefix + ": " + found.size()
                    + " begin with it vs one; type more of the id: " + candidates(found));
        }
        return found.get(0);
    }

    private static StoredSnapshot newest(List<StoredSnapshot> of, String why) throws PointException {
        return Optional.of(of)
                .filter(list -> !list.isEmpty())
                .map(list -> list.get(list.size() - 1))
                .orElseThrow(() -> new PointException.NoSuchPoint(
                        "cannot find the latest restore point: " + why + "; make one with: cofre backup"));
    }

    /** Enough digits to tell the candidates apart, and when they are from. */
    private static String candidates(List<StoredSnapshot> found) {
        StringBuilder text = new StringBuilder();
        for (StoredSnapshot point : found.subList(0, Math.min(SHOWN, found.size()))) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(point.id().hex(), 0, 2 * SHOWN)
                    .append(" (")
                    .append(time(point).truncatedTo(ChronoUnit.SECONDS))
                    .append(')');
        }
        return found.size() > SHOWN ? text + " and " + (found.size() - SHOWN) + " more" : text.toString();
    }

    private String shares() {
        List<String> names = points.stream()
                .map(point -> PointTags.share(point.snapshot()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .map(PointFinder::quoted)
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static Instant time(StoredSnapshot point) {
        return point.snapshot().time().toInstant();
    }

    private static String quoted(String text) {
        return Display.quoted(text.getBytes(StandardCharsets.UTF_8));
    }
}
