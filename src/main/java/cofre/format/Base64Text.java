package cofre.format;

import java.util.Base64;

/** Base 64 with padding, as Go writes byte slices. */
final class Base64Text {
    private Base64Text() {}

    static byte[] decode(char[] text, int from, int length) throws FormatException {
        byte[] ascii = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            ascii[i] = c < 0x80 ? (byte) c : 0; // 0 is no digit of base 64
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(ascii);
            if ((length & 3) != 0) {
                throw new FormatException("cannot read base 64: " + length + " characters vs a multiple of 4");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new FormatException("cannot read base 64: another character vs its alphabet");
        }
    }
}
