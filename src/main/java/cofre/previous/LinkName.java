package cofre.previous;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Names of a farm's links. UTC, fixed width, no colon, nothing behind the {@code Z}: shadow_copy2 reads a name from its
 * beginning and takes no notice of what follows, so a temporary name begins with a dot.
 */
final class LinkName {
    /** What shadow_copy2 is told; {@link #of} writes it. */
    static final String SAMBA_FORMAT = "rp-%Y%m%dT%H%M%SZ";

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("'rp-'uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern OWN = Pattern.compile("rp-\\d{8}T\\d{6}Z");
    private static final Pattern TEMPORARY = Pattern.compile("\\.rp-\\d{8}T\\d{6}Z\\.new");

    private LinkName() {}

    static RawName of(Instant time) {
        return RawName.ofText(FORM.format(time));
    }

    static RawName temporary(RawName name) {
        return RawName.ofText("." + name + ".new");
    }

    static boolean isOwn(RawName name) {
        return OWN.matcher(latin1(name)).matches();
    }

    static boolean isTemporary(RawName name) {
        return TEMPORARY.matcher(latin1(name)).matches();
    }

    private static String latin1(RawName name) {
        return new String(name.bytes(), StandardCharsets.ISO_8859_1);
    }
}
