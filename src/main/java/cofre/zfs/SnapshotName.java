package cofre.zfs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an own snapshot's name behind the {@code @}, and of its bookmark's behind the {@code #}:
 * {@code cofre-20261121T101500Z}.
 *
 * @param stamp the moment it spells, UTC, fixed width
 */
record SnapshotName(String stamp) {
    private static final String PREFIX = "cofre-";
    private static final Pattern FORM = Pattern.compile(PREFIX + "(\\d{8}T\\d{6}Z)");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The name for a snapshot taken at {@code moment}; fractions of a second are cut. */
    static SnapshotName at(Instant moment) {
        return new SnapshotName(STAMP.format(moment));
    }

    /** Reads {@code dataset@name}; empty when the name is not of our form. */
    static Optional<SnapshotName> of(String label) {
        Matcher matcher = FORM.matcher(label.substring(label.indexOf('@') + 1));
        return matcher.matches() ? Optional.of(new SnapshotName(matcher.group(1))) : Optional.empty();
    }

    /** Reads {@code dataset#name} of a bookmark; empty when the name is not of our form. */
    static Optional<SnapshotName> ofBookmark(String label) {
        return of(label.substring(label.indexOf('#') + 1));
    }

    /** {@code dataset@cofre-…}. */
    String in(String dataset) {
        return dataset + "@" + this;
    }

    @Override
    public String toString() {
        return PREFIX + stamp;
    }
}
