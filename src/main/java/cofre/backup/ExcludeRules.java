package cofre.backup;

import cofre.path.RawName;
import cofre.path.RawPath;
import java.util.ArrayList;
import java.util.List;

/**
 * restic's exclude patterns, on raw bytes. A pattern with a leading slash must match from the share's absolute path on;
 * any other matches at any depth. {@code *}, {@code ?} and {@code [a-z]} stay within one component, {@code **} stands for
 * any number of them, a backslash takes the next character literally, and a pattern that begins with {@code !} takes back
 * what an earlier one excluded. What matches is left out with everything below it. Immutable and thread-safe.
 */
public final class ExcludeRules {
    private record Rule(List<byte[]> parts, boolean anchored, boolean takesBack) {}

    private final List<String> patterns;
    private final List<Rule> rules;

    private ExcludeRules(List<String> patterns, List<Rule> rules) {
        this.patterns = patterns;
        this.rules = rules;
    }

    /** Nothing is left out. */
    public static ExcludeRules none() {
        return new ExcludeRules(List.of(), List.of());
    }

    /**
     * The rules these patterns spell, as UTF-8.
     *
     * @throws IllegalArgumentException for a pattern that is empty or cannot be understood
     */
    public static ExcludeRules of(List<String> patterns) {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            rules.add(parse(pattern));
        }
        return new ExcludeRules(List.copyOf(patterns), List.copyOf(rules));
    }

    private static Rule parse(String pattern) {
        boolean takesBack = pattern.startsWith("!");
        String rest = takesBack ? pattern.substring(1) : pattern;
        boolean anchored = rest.startsWith("/");
        List<byte[]> parts = new ArrayList<>();
        for (String part : rest.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                } else if (!anchored) {
                    throw new IllegalArgumentException(
                            "cannot use exclude pattern \"" + pattern + "\": it begins with .. vs a name");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                byte[] bytes = part.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                if (!part.equals("**")) {
                    Glob.check(bytes, pattern);
                }
                parts.add(bytes);
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot use exclude pattern \"" + pattern + "\": it names nothing vs at least one component");
        }
        return new Rule(List.copyOf(parts), anchored, takesBack);
    }

    /** Whether nothing is left out. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The patterns as they were given. */
    List<String> patterns() {
        return patterns;
    }

    /** Whether the entry at this absolute path is left out. Asked from the top downwards, parents first. */
    public boolean excludes(RawPath absolute) {
        boolean excluded = false;
        for (Rule rule : rules) {
            if (excluded == rule.takesBack() && matches(rule, absolute.names())) {
                excluded = !rule.takesBack();
            }
        }
        return excluded;
    }

    private static boolean matches(Rule rule, List<RawName> names) {
        int lastStart = rule.anchored() ? 0 : names.size() - 1;
        for (int start = 0; start <= lastStart; start++) {
            if (matchesFrom(rule.parts(), 0, names, start)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the parts from {@code part} on match names beginning at {@code at}; what lies below a match matches too. */
    private static boolean matchesFrom(List<byte[]> parts, int part, List<RawName> names, int at) {
        if (part == parts.size()) {
            return true;
        }
        byte[] pattern = parts.get(part);
        if (pattern.length == 2 && pattern[0] == '*' && pattern[1] == '*') {
            for (int skip = at; skip <= names.size(); skip++) {
                if (matchesFrom(parts, part + 1, names, skip)) {
                    return true;
                }
            }
            return false;
        }
        return at < names.size()
                && Glob.matches(pattern, names.get(at).bytes())
                && matchesFrom(parts, part + 1, names, at + 1);
    }
}
