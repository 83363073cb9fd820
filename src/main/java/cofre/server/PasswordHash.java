package cofre.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** The stored form of a password, as in an htpasswd file: bcrypt, or the unsalted {SHA} of old files. */
sealed interface PasswordHash {

    /** True when the password is the right one; takes as long for a wrong one. */
    boolean matches(String password);

    /** The text it was read from, for telling one version of an entry from another. */
    String text();

    /** Understands {@code $2a$ $2b$ $2y$} and {@code {SHA}}; empty for any other scheme. */
    static Optional<PasswordHash> parse(String text) {
        if (text.matches("\\$2[aby]\\$(0[4-9]|1[0-7])\\$[./A-Za-z0-9]{53}")) {
            return Optional.of(new Bcrypt(text));
        }
        if (text.matches("\\{SHA\\}[A-Za-z0-9+/]{27}=")) {
            return Optional.of(new Sha1(text));
        }
        return Optional.empty();
    }

    /** bcrypt looks at the first 72 bytes of a password, as all its implementations do. */
    record Bcrypt(String text) implements PasswordHash {
        private static final int MAX_BYTES = 72;

        @Override
        public boolean matches(String password) {
            byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
            if (bytes.length <= MAX_BYTES) {
                return OpenBSDBCrypt.checkPassword(text, password.toCharArray());
            }
            return OpenBSDBCrypt.checkPassword(text, java.util.Arrays.copyOf(bytes, MAX_BYTES));
        }
    }

    /** Base64 of SHA-1, as {@code htpasswd -s} writes it. */
    record Sha1(String text) implements PasswordHash {
        @Override
        public boolean matches(String password) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
                byte[] actual =
                        ("{SHA}" + Base64.getEncoder().encodeToString(hash)).getBytes(StandardCharsets.US_ASCII);
                return MessageDigest.isEqual(actual, text.getBytes(StandardCharsets.US_ASCII));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-1", e);
            }
        }
    }
}
