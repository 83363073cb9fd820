package cofre.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a repository may stay taken by what no restore point needs: getting it back costs copying. */
public sealed interface UnusedLimit {
    /** How it is written. */
    String EXPECTED = "a share such as \"5%\", up to \"100%\", a size such as \"2 GiB\", or \"unlimited\"";

    /**
     * A share of what is needed.
     *
     * @param percent 0 to 100
     */
    record Percent(double percent) implements UnusedLimit {}

    /** So many bytes. */
    record Bytes(long bytes) implements UnusedLimit {}

    /** However much. */
    record Unlimited() implements UnusedLimit {}

    /** Reads one; empty when it is not written like that. */
    static Optional<UnusedLimit> parse(String text) {
        Matcher share = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?) ?%").matcher(text.strip());
        if (text.strip().equals("unlimited")) {
            return Optional.of(new Unlimited());
        } else if (share.matches()) {
            return Optional.of(Double.valueOf(share.group(1)))
                    .filter(percent -> percent <= 100)
                    .map(Percent::new);
        }
        return Quantities.size(text).map(Bytes::new);
    }
}
