package cofre.format;

import cofre.path.RawName;
import java.util.Arrays;

/**
 * Node names as restic writes them: quoted as a Go string literal, so that any bytes fit into JSON text, and back.
 */
final class GoName {
    private static final String CONTROLS = "abtnvfr"; // 7 to 13

    private GoName() {}

    /** Writes the name between JSON's quotes. */
    static void write(RawName name, JsonBytes out) {
        out.raw('"');
        int length = name.length();
        for (int at = 0; at < length; at++) {
            int b = name.byteAt(at);
            if (b >= 0x80) {
                writeFrom(name.bytes(), at, out);
                break;
            }
            ascii(b, out);
        }
        out.raw('"');
    }

    private static void writeFrom(byte[] name, int from, JsonBytes out) {
        for (int at = from; at < name.length; ) {
            int c = Utf8.at(name, at, name.length);
            if (c < 0) {
                byteEscape(name[at] & 0xff, out);
                at++;
                continue;
            }
            if (c < 0x80) {
                ascii(c, out);
            } else {
                wide(c, out);
            }
            at += Utf8.width(c);
        }
    }

    /** A Go escape's backslash is doubled by JSON; a name's own backslash or quote by both. */
    private static void ascii(int c, JsonBytes out) {
        if (c >= 0x20 && c < 0x7f) {
            if (c == '"' || c == '\\') {
                out.codePoint('\\');
            }
            out.codePoint(c);
        } else if (c >= 7 && c <= 13) {
            out.codePoint('\\');
            out.codePoint(CONTROLS.charAt(c - 7));
        } else {
            byteEscape(c, out);
        }
    }

    private static void byteEscape(int b, JsonBytes out) {
        out.codePoint('\\');
        out.codePoint('x');
        out.digits(b, 2);
    }

    private static void wide(int c, JsonBytes out) {
        if (GoPrintable.test(c)) {
            out.codePoint(c);
            return;
        }
        out.codePoint('\\');
        boolean isShort = c < 0x10000;
        out.codePoint(isShort ? 'u' : 'U');
        out.digits(c, isShort ? 4 : 8);
    }

    /**
     * The raw bytes a quoted name stands for.
     *
     * @param text the JSON string's characters
     * @throws FormatException when it is no Go string literal
     */
    static byte[] unquote(char[] text, int from, int length) throws FormatException {
        byte[] out = new byte[3 * length]; // a char is at most three bytes; an escape is longer than what it means
        int end = from + length;
        int filled = 0;
        for (int at = from; at < end; ) {
            char c = text[at];
            if (c == '\\') {
                Escape escape = Escape.at(text, at, end);
                filled = escape.isByte() ? one(out, filled, escape.value()) : Chars.utf8(escape.value(), out, filled);
                at += escape.width();
            } else if (c == '"' || c == '\n') {
                throw new FormatException("cannot read name: an unescaped quote or line feed vs a quoted name");
            } else {
                int codePoint = Chars.codePointAt(text, at, end);
                filled = Chars.utf8(codePoint, out, filled);
                at += Character.charCount(codePoint);
            }
        }
        return Arrays.copyOf(out, filled);
    }

    private static int one(byte[] out, int at, int b) {
        out[at] = (byte) b;
        return at + 1;
    }

    /** One escape of a Go string literal: what it means, whether as a bare byte, and how many chars it takes. */
    private record Escape(int value, boolean isByte, int width) {
        static Escape at(char[] text, int at, int end) throws FormatException {
            char kind = at + 1 < end ? text[at + 1] : 0;
            return switch (kind) {
                case 'x' -> new Escape(number(text, at + 2, 2, end, 16), true, 4);
                case 'u' -> codePoint(number(text, at + 2, 4, end, 16), 6);
                case 'U' -> codePoint(number(text, at + 2, 8, end, 16), 10);
                case '\\', '"' -> new Escape(kind, true, 2);
                default -> controlOrOctal(kind, text, at, end);
            };
        }

        private static Escape controlOrOctal(char kind, char[] text, int at, int end) throws FormatException {
            int control = kind == 0 ? -1 : CONTROLS.indexOf(kind);
            if (control >= 0) {
                return new Escape(control + 7, true, 2);
            }
            int octal = number(text, at + 1, 3, end, 8);
            if (octal > 0xff) {
                throw bad();
            }
            return new Escape(octal, true, 4);
        }

        private static Escape codePoint(int value, int width) throws FormatException {
            if (!Character.isValidCodePoint(value) || (value >= 0xd800 && value <= 0xdfff)) {
                throw bad();
            }
            return new Escape(value, false, width);
        }

        private static int number(char[] text, int at, int digits, int end, int radix) throws FormatException {
            if (at + digits > end) {
                throw bad();
            }
            int value = 0;
            for (int i = at; i < at + digits; i++) {
                int digit = text[i] < 0x80 ? Character.digit(text[i], radix) : -1;
                if (digit < 0) {
                    throw bad();
                }
                value = value * radix + digit;
            }
            return value;
        }

        private static FormatException bad() {
            return new FormatException("cannot read name: an unknown escape vs those of a Go string literal");
        }
    }
}
