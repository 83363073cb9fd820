package cofre.server;

/** The two ways of knowing a user that need no password. */
final class OtherAuthenticators {
    private OtherAuthenticators() {}

    /** Everybody is let in, without a name. */
    static Authenticator open() {
        return claims -> new Authenticator.Accepted("");
    }

    /** The user is the one a trusted proxy names. */
    static Authenticator proxy(ProxyHeader header) {
        return claims -> {
            String user = claims.header(header.name());
            boolean named = user != null && !user.isBlank() && header.trusts(claims.peer());
            return named ? new Authenticator.Accepted(user.trim()) : new Authenticator.Unknown();
        };
    }
}
