package cofre.format;

/** Whole numbers from a JSON parser's characters. */
final class Digits {
    private static final int SAFE = 18; // digits that cannot overflow a long

    private Digits() {}

    /**
     * The number, as the unsigned value of a long.
     *
     * @throws NumberFormatException when it is negative or over 2^64-1
     */
    static long unsigned(char[] text, int from, int length) {
        if (length > SAFE || text[from] == '-') {
            return Long.parseUnsignedLong(new String(text, from, length));
        }
        long value = 0;
        for (int i = from; i < from + length; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
