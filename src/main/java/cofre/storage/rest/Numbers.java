package cofre.storage.rest;

/** Numbers as HTTP writes them: digits only, no sign, at most 15 of them, so that nothing overflows. */
final class Numbers {
    private static final int MAX_DIGITS = 15;

    private Numbers() {}

    /** The number, or -1 when {@code text} is none. */
    static long decimal(String text) {
        return parse(text, 10);
    }

    /** The number, or -1 when {@code text} is none. */
    static long hex(String text) {
        return parse(text, 16);
    }

    private static long parse(String text, int radix) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
