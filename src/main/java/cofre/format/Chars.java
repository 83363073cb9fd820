package cofre.format;

import java.util.Arrays;

/** UTF-16 as a JSON parser hands it out, as UTF-8 bytes. */
final class Chars {
    private Chars() {}

    /** The code point at {@code at}; a lone surrogate counts as U+FFFD, as in Go. */
    static int codePointAt(char[] text, int at, int end) {
        char c = text[at];
        if (Character.isHighSurrogate(c) && at + 1 < end && Character.isLowSurrogate(text[at + 1])) {
            return Character.toCodePoint(c, text[at + 1]);
        }
        return Character.isSurrogate(c) ? Utf8.REPLACEMENT : c;
    }

    /** Writes one code point and gives the place behind it. */
    static int utf8(int c, byte[] out, int at) {
        if (c < 0x80) {
            out[at] = (byte) c;
            return at + 1;
        }
        int width = Utf8.width(c);
        for (int i = width - 1; i > 0; i--) {
            out[at + i] = (byte) (0x80 | ((c >> (6 * (width - 1 - i))) & 0x3f));
        }
        int mark = width == 2 ? 0xc0 : width == 3 ? 0xe0 : 0xf0;
        out[at] = (byte) (mark | (c >> (6 * (width - 1))));
        return at + width;
    }

    /** All of it in UTF-8. */
    static byte[] utf8(char[] text, int from, int length) {
        byte[] out = new byte[3 * length];
        int filled = 0;
        for (int at = from; at < from + length; ) {
            int codePoint = codePointAt(text, at, from + length);
            filled = utf8(codePoint, out, filled);
            at += Character.charCount(codePoint);
        }
        return Arrays.copyOf(out, filled);
    }
}
