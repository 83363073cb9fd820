package cofre.path;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text for people and logs. Valid UTF-8 stays as it is; what a terminal could act upon (controls, DEL, C1, bidi
 * overrides, line separators), invalid bytes and the backslash itself become {@code \xNN}, so that no two names look the
 * same and no name can forge a log line.
 */
public final class Display {
    private static final int MAX_UTF8 = 4;

    private Display() {}

    /** The bytes as safe text; {@link #parse} gives the bytes back. */
    public static String text(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 8);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        int at = 0;
        while (at < bytes.length) {
            int width = widthAt(bytes, at, decoder);
            if (width == 0) {
                hex(out, bytes[at++]);
                continue;
            }
            String shown = new String(bytes, at, width, StandardCharsets.UTF_8);
            if (isSafe(shown.codePointAt(0))) {
                out.append(shown);
            } else {
                for (int i = 0; i < width; i++) {
                    hex(out, bytes[at + i]);
                }
            }
            at += width;
        }
        return out.toString();
    }

    /** {@link #text} between double quotes, for error messages. */
    public static String quoted(byte[] bytes) {
        return '"' + text(bytes) + '"';
    }

    /**
     * The bytes {@code text} stands for, {@code \xNN} included: how a person types a name.
     *
     * @throws IllegalArgumentException when a backslash is not followed by {@code x} and two hex digits
     */
    public static byte[] parse(String text) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int slash = text.indexOf('\\', at);
            int end = slash < 0 ? text.length() : slash;
            out.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
            at = end;
            if (slash >= 0) {
                if (at + 4 > text.length() || text.charAt(at + 1) != 'x') {
                    throw new IllegalArgumentException(
                            "cannot read name " + quoted(text.getBytes(StandardCharsets.UTF_8))
                                    + ": a backslash is written as \\x5c and a byte as \\xNN");
                }
                out.write(Integer.parseInt(text, at + 2, at + 4, 16));
                at += 4;
            }
        }
        return out.toByteArray();
    }

    private static int widthAt(byte[] bytes, int at, CharsetDecoder decoder) {
        if (bytes[at] >= 0) {
            return 1;
        }
        CharBuffer chars = CharBuffer.allocate(2);
        for (int width = 2; width <= MAX_UTF8 && at + width <= bytes.length; width++) {
            chars.clear();
            decoder.reset();
            CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, at, width), chars, true);
            if (!result.isError() && chars.position() > 0) {
                return width;
            }
        }
        return 0;
    }

    private static boolean isSafe(int codePoint) {
        if (codePoint == '\\') {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void hex(StringBuilder out, byte b) {
        out.append("\\x").append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
}
