package cofre.storage.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who we are to a REST server.
 *
 * @param user the user's name; must not hold a colon, which ends it in the Basic scheme
 * @param password the password, never shown
 */
public record Credentials(String user, String password) {
    public Credentials {
        if (user.indexOf(':') >= 0 || hasControl(user) || hasControl(password)) {
            throw new IllegalArgumentException(
                    "cannot use these credentials: a user name with a colon or a control character vs plain text");
        }
    }

    /** Three stars, always. */
    @Override
    public String toString() {
        return "***";
    }

    String basicHeader() {
        byte[] plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
