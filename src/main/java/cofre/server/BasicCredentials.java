package cofre.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What an Authorization header of the Basic scheme says; nothing of it is verified. */
record BasicCredentials(String user, String password) {

    /** @param header the header's value, or null */
    static Optional<BasicCredentials> parse(String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring(6).trim());
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "BasicCredentials[***]";
    }
}
