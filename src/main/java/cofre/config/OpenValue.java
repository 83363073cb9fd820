package cofre.config;

/** Tells whether a value goes on in the next line: an array not closed, a string in three quotes not ended. */
final class OpenValue {
    private int brackets;
    private String quote = "";

    boolean isOpen() {
        return brackets > 0 || quote.length() == 3;
    }

    /** Reads what a line holds of a value. */
    void read(String text) {
        int at = 0;
        while (at < text.length()) {
            at = quote.isEmpty() ? outside(text, at) : inside(text, at);
        }
        if (quote.length() == 1) {
            // A plain string ends with its line, closed or not.
            quote = "";
        }
    }

    private int outside(String text, int at) {
        char c = text.charAt(at);
        if (c == '#') {
            return text.length();
        }
        if (c == '[') {
            brackets++;
        } else if (c == ']') {
            brackets--;
        } else if (c == '"' || c == '\'') {
            String one = String.valueOf(c);
            quote = text.startsWith(one.repeat(3), at) ? one.repeat(3) : one;
            return at + quote.length();
        }
        return at + 1;
    }

    private int inside(String text, int at) {
        if (text.startsWith(quote, at)) {
            int length = quote.length();
            quote = "";
            return at + length;
        }
        boolean escape = quote.charAt(0) == '"' && text.charAt(at) == '\\';
        return at + (escape ? 2 : 1);
    }
}
