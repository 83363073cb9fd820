package cofre.backup;

/**
 * Shell patterns within one component, after Go's {@code filepath.Match}: {@code *}, {@code ?}, {@code [a-z]}, {@code
 * [^a-z]}, backslash. A character is a whole UTF-8 sequence where the bytes are one, else a single byte.
 */
final class Glob {
    private Glob() {}

    /** Refuses a pattern that {@link #matches} could not understand. */
    static void check(byte[] pattern, String shown) {
        for (int at = 0; at < pattern.length; at += Math.max(1, width(pattern, at))) {
            if (pattern[at] == '\\') {
                if (++at == pattern.length) {
                    throw bad(shown, "a backslash at the end");
                }
            } else if (pattern[at] == '[') {
                int end = classEnd(pattern, at);
                if (end < 0) {
                    throw bad(shown, "a [ without its ]");
                }
                checkRanges(pattern, at, end, shown);
                at = end;
            }
        }
    }

    /** Go takes a hyphen for the middle of a range only, and refuses it anywhere else. */
    private static void checkRanges(byte[] pattern, int open, int end, String shown) {
        int at = pattern[open + 1] == '^' ? open + 2 : open + 1;
        while (at < end) {
            at = rangeEdge(pattern, at, end, shown);
            if (at < end && pattern[at] == '-') {
                at = rangeEdge(pattern, at + 1, end, shown);
            }
        }
    }

    private static int rangeEdge(byte[] pattern, int at, int end, String shown) {
        if (at == end || pattern[at] == '-') {
            throw bad(shown, "a - in [ ] that is not between two characters");
        }
        int edge = pattern[at] == '\\' ? at + 1 : at;
        return edge + width(pattern, edge);
    }

    private static IllegalArgumentException bad(String shown, String fault) {
        return new IllegalArgumentException("cannot use exclude pattern \"" + shown + "\": " + fault
                + " vs shell wildcards * ? [a-z] **; write a literal one behind a backslash");
    }

    /** Whether the whole name matches the whole pattern. */
    static boolean matches(byte[] pattern, byte[] name) {
        int p = 0;
        int n = 0;
        int starP = -1;
        int starN = 0;
        while (n < name.length) {
            int next = p < pattern.length ? step(pattern, p, name, n) : -1;
            if (p < pattern.length && pattern[p] == '*') {
                starP = ++p;
                starN = n;
            } else if (next >= 0) {
                n += width(name, n);
                p = next;
            } else if (starP >= 0) {
                starN += width(name, starN);
                n = starN;
                p = starP;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** Where the pattern goes on when its element at {@code p} matches the character at {@code n}, else -1. */
    private static int step(byte[] pattern, int p, byte[] name, int n) {
        return switch (pattern[p]) {
            case '?' -> p + 1;
            case '[' -> inClass(pattern, p, codeAt(name, n)) ? classEnd(pattern, p) + 1 : -1;
            case '\\' -> literal(pattern, p + 1, name, n);
            default -> literal(pattern, p, name, n);
        };
    }

    private static int literal(byte[] pattern, int p, byte[] name, int n) {
        return p < pattern.length && codeAt(pattern, p) == codeAt(name, n) ? p + width(pattern, p) : -1;
    }

    private static boolean inClass(byte[] pattern, int open, int code) {
        int end = classEnd(pattern, open);
        int at = open + 1;
        boolean negated = pattern[at] == '^';
        at += negated ? 1 : 0;
        boolean hit = false;
        while (at < end) {
            at += pattern[at] == '\\' ? 1 : 0;
            int low = codeAt(pattern, at);
            int high = low;
            at += width(pattern, at);
            if (at + 1 < end && pattern[at] == '-') {
                at++;
                at += pattern[at] == '\\' ? 1 : 0;
                high = codeAt(pattern, at);
                at += width(pattern, at);
            }
            hit |= low <= code && code <= high;
        }
        return hit != negated;
    }

    /** Index of the bracket that closes the class opened at {@code open}, or -1. An empty class does not count. */
    private static int classEnd(byte[] pattern, int open) {
        int at = open + 1;
        at += at < pattern.length && pattern[at] == '^' ? 1 : 0;
        for (int i = at; i < pattern.length; i++) {
            if (pattern[i] == '\\') {
                i++;
            } else if (pattern[i] == ']') {
                return i > at ? i : -1;
            }
        }
        return -1;
    }

    /** The character at {@code at}; a byte that is no part of valid UTF-8 gets a value no character has. */
    private static int codeAt(byte[] bytes, int at) {
        int width = width(bytes, at);
        int first = bytes[at] & 0xff;
        if (width == 1) {
            return first < 0x80 ? first : 0x110000 + first;
        }
        int code = first & (0x7f >> width);
        for (int i = 1; i < width; i++) {
            code = code << 6 | (bytes[at + i] & 0x3f);
        }
        return code;
    }

    private static int width(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int width = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
        if (first >= 0xf5 || at + width > bytes.length) {
            return 1;
        }
        for (int i = 1; i < width; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 1;
            }
        }
        return width;
    }
}
