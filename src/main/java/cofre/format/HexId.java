package cofre.format;

/** Ids from a JSON parser's characters, without a string in between. */
final class HexId {
    private HexId() {}

    static Sha256 parse(char[] text, int from, int length) throws FormatException {
        if (length != 2 * Sha256.LENGTH) {
            throw new FormatException("cannot read id: " + length + " characters vs 64 lower-case hex digits");
        }
        return new Sha256(part(text, from), part(text, from + 16), part(text, from + 32), part(text, from + 48));
    }

    private static long part(char[] text, int from) throws FormatException {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            char c = text[i];
            int digit = (c >= '0' && c <= '9') ? c - '0' : (c >= 'a' && c <= 'f') ? c - 'a' + 10 : -1;
            if (digit < 0) {
                throw new FormatException("cannot read id: another character vs 64 lower-case hex digits");
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
