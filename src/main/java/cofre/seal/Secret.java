package cofre.seal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A password. It never shows itself and can be wiped; what it was made from is for the maker to wipe. Not thread-safe
 * against closing.
 */
public final class Secret implements AutoCloseable {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final int MAX_UTF8 = 3; // bytes per char

    private final byte[] bytes;
    private boolean isClosed;

    private Secret(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("cannot use password: it is empty");
        }
        this.bytes = bytes;
    }

    /** The password typed as these characters, in UTF-8 as restic has it. */
    public static Secret ofChars(char[] chars) {
        byte[] encoded = new byte[MAX_UTF8 * chars.length];
        ByteBuffer buffer = ByteBuffer.wrap(encoded);
        try {
            StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .encode(CharBuffer.wrap(chars), buffer, true);
            return new Secret(Arrays.copyOf(encoded, buffer.position()));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * The password in a password file: without white space around it and without a byte order mark, as restic reads such
     * files, so that one file serves both programs.
     *
     * @throws IllegalArgumentException when nothing is left
     */
    public static Secret ofFileContent(byte[] content) {
        int from = startsWithMark(content) ? BYTE_ORDER_MARK.length : 0;
        int to = content.length;
        while (from < to && isSpace(content[from])) {
            from++;
        }
        while (to > from && isSpace(content[to - 1])) {
            to--;
        }
        return new Secret(Arrays.copyOfRange(content, from, to));
    }

    private static boolean startsWithMark(byte[] content) {
        return content.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(content, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** The password as text, for a person who asked to see it; empty when it is not UTF-8. */
    public Optional<String> reveal() {
        byte[] copy = copy();
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(copy))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** A copy of the bytes, for the caller to wipe. */
    byte[] copy() {
        if (isClosed) {
            throw new IllegalStateException("cannot use password: it is closed");
        }
        return bytes.clone();
    }

    /** Wipes it. */
    @Override
    public void close() {
        isClosed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** In constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(Secret.class); // nothing of the password
    }

    @Override
    public String toString() {
        return "***";
    }
}
