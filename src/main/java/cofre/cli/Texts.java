package cofre.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The catalogue of messages. */
final class Texts {
    static final String BUNDLE = "cofre.cli.messages";

    private Texts() {}

    /** The message {@code key} with its arguments put in. */
    static String text(String key, Object... args) {
        String pattern = ResourceBundle.getBundle(BUNDLE).getString(key);
        return args.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(args);
    }
}
