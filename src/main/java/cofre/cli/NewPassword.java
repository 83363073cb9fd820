package cofre.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A new password: from a file of the person's own, from standard input, or typed twice unseen. Never from an argument or the
 * environment, which others can look at. It goes to the daemon over its socket, so the daemon reads no file for anybody.
 */
record NewPassword(Launchers launchers) {
    private static final int MAX = 32 << 10;
    private static final int OTHERS = 0077;
    private static final int MAX_UTF8 = 3; // bytes per char

    /** There is none; the message says why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * The password as the daemon takes it.
     *
     * @param file its file, {@code -} for standard input, null to ask for it
     */
    String of(String file) throws Unusable {
        byte[] content = file == null ? typed() : from(file);
        try {
            if (content.length > MAX) {
                throw new Unusable(Texts.text("password.long", Safe.line(String.valueOf(file)), Integer.toString(MAX)));
            }
            if (content.length == 0) {
                throw new Unusable(Texts.text("password.empty"));
            }
            return Base64.getEncoder().encodeToString(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private byte[] from(String file) throws Unusable {
        try {
            if (file.equals("-")) {
                return launchers.standardInput(MAX + 1);
            }
            refuseOpen(Path.of(file));
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return in.readNBytes(MAX + 1);
            }
        } catch (IOException e) {
            throw new Unusable(Texts.text("password.unreadable", Safe.line(file), why(e)));
        }
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "no permission" : Safe.line(String.valueOf(e.getMessage()));
    }

    private static void refuseOpen(Path file) throws IOException, Unusable {
        Map<String, Object> status = Files.readAttributes(file, "unix:mode,uid");
        int mode = (Integer) status.get("mode") & 07777;
        if ((mode & OTHERS) != 0) {
            throw new Unusable(Texts.text("password.open", Safe.line(file.toString()), Integer.toOctalString(mode)));
        }
    }

    private byte[] typed() throws Unusable {
        char[] first = ask("password.new");
        char[] second = ask("password.again");
        try {
            if (!Arrays.equals(first, second)) {
                throw new Unusable(Texts.text("password.differ"));
            }
            byte[] longest = new byte[MAX_UTF8 * first.length];
            ByteBuffer encoded = ByteBuffer.wrap(longest);
            StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .encode(CharBuffer.wrap(first), encoded, true);
            byte[] bytes = Arrays.copyOf(longest, encoded.position());
            Arrays.fill(longest, (byte) 0);
            return bytes;
        } finally {
            Arrays.fill(first, '\0');
            Arrays.fill(second, '\0');
        }
    }

    private char[] ask(String key) throws Unusable {
        Optional<char[]> typed = launchers.typedUnseen(Texts.text(key));
        return typed.orElseThrow(() -> new Unusable(Texts.text("password.noTerminal")));
    }
}
