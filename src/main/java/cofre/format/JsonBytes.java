package cofre.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * JSON as Go's encoder writes it, byte for byte, into a buffer that grows. Kept by hand and not by a library because a
 * tree's id is the hash of these bytes, and because a million nodes pass through here in one run. Not thread-safe.
 */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** The longest UTF-8 or escaped form of one char or byte of a string. */
    private static final int WIDEST = 12;

    private byte[] buffer;
    private int length;

    JsonBytes(int capacity) {
        this.buffer = new byte[capacity];
    }

    int length() {
        return length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    /** Forgets what was written from {@code length} on. */
    void truncate(int length) {
        this.length = length;
    }

    /** Overwrites the whole buffer with zeros: for what held key material. */
    void wipe() {
        Arrays.fill(buffer, (byte) 0);
        length = 0;
    }

    /** Makes room for {@code more} bytes. */
    void reserve(int more) {
        if (buffer.length - length < more) {
            int wanted =
                    Math.max(Math.addExact(length, more), (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8));
            buffer = Arrays.copyOf(buffer, wanted);
        }
    }

    /** These bytes as they are. */
    JsonBytes raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** These ASCII characters as they are. */
    JsonBytes raw(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    JsonBytes raw(char ascii) {
        reserve(1);
        put(ascii);
        return this;
    }

    /** An unsigned number. */
    JsonBytes unsigned(long value) {
        if (value < 0) {
            return raw(Long.toUnsignedString(value));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** A hash as 64 hex digits between quotes. */
    JsonBytes id(Sha256 hash) {
        reserve(2 * Sha256.LENGTH + 2);
        put('"');
        hex(hash.a());
        hex(hash.b());
        hex(hash.c());
        hex(hash.d());
        put('"');
        return this;
    }

    private void hex(long value) {
        byte[] out = buffer;
        int at = length;
        for (int shift = 60; shift >= 0; shift -= 4) {
            out[at++] = HEX[(int) (value >>> shift) & 15];
        }
        length = at;
    }

    /** Bytes in base 64 between quotes. */
    JsonBytes base64(byte[] bytes) {
        return raw('"').raw(Base64.getEncoder().encode(bytes)).raw('"');
    }

    /** A string. A lone surrogate, which no UTF-8 can hold, becomes U+FFFD. */
    JsonBytes string(String text) {
        raw('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                codePoint(Character.toCodePoint(c, text.charAt(++at)));
            } else {
                codePoint(Character.isSurrogate(c) ? Utf8.REPLACEMENT : c);
            }
        }
        return raw('"');
    }

    /** The string these bytes are in UTF-8; each byte that is not valid becomes {@code \ufffd}, as in Go. */
    JsonBytes string(byte[] utf8) {
        raw('"');
        for (int at = 0; at < utf8.length; ) {
            int codePoint = Utf8.at(utf8, at, utf8.length);
            if (codePoint < 0) {
                raw("\\ufffd");
                at++;
            } else {
                codePoint(codePoint);
                at += Utf8.width(codePoint);
            }
        }
        return raw('"');
    }

    /** One code point inside a string, escaped as Go does: the HTML three, U+2028 and U+2029 too. */
    void codePoint(int c) {
        reserve(WIDEST);
        if (c >= 0x80) {
            if (c == 0x2028 || c == 0x2029) {
                escapeU(c);
            } else {
                utf8(c);
            }
        } else if (c < 0x20 || c == '<' || c == '>' || c == '&') {
            control(c);
        } else {
            if (c == '"' || c == '\\') {
                put('\\');
            }
            put(c);
        }
    }

    private void control(int c) {
        switch (c) {
            case '\n' -> shortEscape('n');
            case '\r' -> shortEscape('r');
            case '\t' -> shortEscape('t');
            case '\b' -> shortEscape('b'); // short since Go 1.22; restic 0.14's Go wrote the long form
            case '\f' -> shortEscape('f');
            default -> escapeU(c);
        }
    }

    private void shortEscape(char c) {
        put('\\');
        put(c);
    }

    private void escapeU(int c) {
        put('\\');
        put('u');
        digits(c, 4);
    }

    /** The last {@code count} hex digits of {@code value}; the caller made room. */
    void digits(int value, int count) {
        for (int shift = 4 * count - 4; shift >= 0; shift -= 4) {
            put(HEX[(value >>> shift) & 15]);
        }
    }

    /** One code point in UTF-8; the caller made room. */
    void utf8(int c) {
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xc0 | (c >> 6));
            put(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            put(0xe0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3f));
            put(0x80 | (c & 0x3f));
        } else {
            put(0xf0 | (c >> 18));
            put(0x80 | ((c >> 12) & 0x3f));
            put(0x80 | ((c >> 6) & 0x3f));
            put(0x80 | (c & 0x3f));
        }
    }

    /** One byte; the caller made room. */
    void put(int b) {
        buffer[length++] = (byte) b;
    }
}
