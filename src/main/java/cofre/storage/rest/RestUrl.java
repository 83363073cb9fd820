package cofre.storage.rest;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A REST server's address as people write it: {@code rest:https://user:password@host:port/prefix/}, the leading
 * {@code rest:} and all behind the host being optional.
 *
 * @param base scheme, host, port and path, without userinfo and with a trailing slash
 * @param credentials what the address itself says, percent-decoded
 */
public record RestUrl(URI base, Optional<Credentials> credentials) {
    private static final String PREFIX = "rest:";

    public RestUrl {
        requireUsable(base);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is none; the message shows it without its userinfo
     */
    public static RestUrl parse(String text) {
        String url = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        int authority = url.indexOf("://") + 3;
        if (authority < 3) {
            throw bad(text, "it has no http:// or https://");
        }
        int path = endOfAuthority(url, authority);
        // The last @ ends the userinfo: a password may hold an unescaped one.
        int at = url.lastIndexOf('@', path - 1);
        Optional<Credentials> credentials =
                at < authority ? Optional.empty() : Optional.of(userInfo(url.substring(authority, at), text));
        String bare = url.substring(0, authority) + url.substring(Math.max(authority, at + 1));
        try {
            return new RestUrl(new URI(bare.endsWith("/") ? bare : bare + "/"), credentials);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw bad(text, e instanceof URISyntaxException syntax ? syntax.getReason() : e.getMessage());
        }
    }

    /**
     * The address without userinfo, fit for a message. A malformed address may hide a password anywhere before its last
     * {@code @}, so all of that goes.
     */
    public static String redact(String text) {
        int scheme = text.indexOf("://");
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return text;
        }
        return (scheme < 0 || scheme > at ? "" : text.substring(0, scheme + 3)) + text.substring(at + 1);
    }

    static void requireUsable(URI base) {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("its scheme is not http or https");
        }
        if (base.getHost() == null || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException("it has no usable host name");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("it has a query or fragment");
        }
        if (!base.getRawPath().endsWith("/")) {
            throw new IllegalArgumentException("it has no trailing slash");
        }
    }

    private static int endOfAuthority(String url, int authority) {
        int slash = url.indexOf('/', authority);
        return slash < 0 ? url.length() : slash;
    }

    private static Credentials userInfo(String raw, String whole) {
        int colon = raw.indexOf(':');
        String user = colon < 0 ? raw : raw.substring(0, colon);
        String password = colon < 0 ? "" : raw.substring(colon + 1);
        try {
            return new Credentials(decode(user), decode(password));
        } catch (IllegalArgumentException e) {
            // The cause may quote a part of the password: it is left out on purpose.
            throw bad(whole, "its user or password has a % without two hex digits, or a control character");
        }
    }

    private static String decode(String raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < raw.length()) {
            if (raw.charAt(at) == '%') {
                int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(raw.charAt(at + 2), 16);
                if (low < 0) {
                    throw new IllegalArgumentException("bad escape");
                }
                out.write(high * 16 + low);
                at += 3;
            } else {
                int next = raw.offsetByCodePoints(at, 1);
                out.writeBytes(raw.substring(at, next).getBytes(StandardCharsets.UTF_8));
                at = next;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException(
                "cannot use store address \"" + redact(text) + "\": " + why + " vs rest:http(s)://host[:port]/path/");
    }
}
