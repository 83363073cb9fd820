package cofre.format;

/** UTF-8 over raw bytes, with Go's idea of what is valid: no surrogates, no overlong forms, nothing past U+10FFFF. */
final class Utf8 {
    /** What stands for bytes that are no text. */
    static final int REPLACEMENT = 0xfffd;

    private Utf8() {}

    /** The code point that starts at {@code at}, or -1 when the byte there starts none. */
    static int at(byte[] b, int at, int end) {
        int first = b[at];
        if (first >= 0) {
            return first;
        }
        first &= 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return -1;
        }
        int width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (end - at < width) {
            return -1;
        }
        int c = first & (0x7f >> width);
        for (int i = 1; i < width; i++) {
            int next = b[at + i];
            if ((next & 0xc0) != 0x80) {
                return -1;
            }
            c = (c << 6) | (next & 0x3f);
        }
        boolean surrogate = c >= 0xd800 && c <= 0xdfff;
        return width(c) == width && !surrogate && c <= Character.MAX_CODE_POINT ? c : -1;
    }

    /** How many bytes a code point takes. */
    static int width(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Whether all of it is text. */
    static boolean isValid(byte[] b) {
        for (int at = 0; at < b.length; ) {
            int c = at(b, at, b.length);
            if (c < 0) {
                return false;
            }
            at += width(c);
        }
        return true;
    }
}
