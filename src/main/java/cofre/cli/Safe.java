package cofre.cli;

import cofre.path.Display;
import java.nio.charset.StandardCharsets;

/**
 * Text from outside made safe for a terminal (fault H10). Unlike {@link Display#text} it leaves the backslash alone: the
 * daemon shows names with {@code \xNN} already.
 */
final class Safe {
    private Safe() {}

    /** One line: everything a terminal could act upon is written {@code \xNN}, newlines too. */
    static String line(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            int slash = text.indexOf('\\', at);
            int end = slash < 0 ? text.length() : slash;
            safe.append(Display.text(text.substring(at, end).getBytes(StandardCharsets.UTF_8)));
            if (slash >= 0) {
                safe.append('\\');
                end++;
            }
            at = end;
        }
        return safe.toString();
    }

    /** Several lines: newlines stay. */
    static String lines(String text) {
        StringBuilder safe = new StringBuilder();
        for (String each : text.split("\n", -1)) {
            safe.append(safe.length() == 0 ? "" : "\n").append(line(each));
        }
        return safe.toString();
    }
}
