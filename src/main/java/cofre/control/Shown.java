package cofre.control;

import cofre.path.Display;
import java.nio.charset.StandardCharsets;

/** Text from outside, safe for logs and terminals (fault H10). */
final class Shown {
    private static final int MAX = 200;

    private Shown() {}

    static String text(String text) {
        String shown = Display.text(text.getBytes(StandardCharsets.UTF_8));
        return shown.length() <= MAX ? shown : shown.substring(0, MAX) + "...";
    }
}
