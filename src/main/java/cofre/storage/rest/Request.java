package cofre.storage.rest;

import cofre.storage.Payload;
import java.util.Optional;

/**
 * What to ask of the server.
 *
 * @param method HTTP's method
 * @param target path, and query if any, from the server's root on, escaped
 * @param headers further header lines, each ended by CR LF
 * @param payload the body of a POST
 */
record Request(String method, String target, String headers, Optional<Payload> payload) {
    Request(String method, String target) {
        this(method, target, "", Optional.empty());
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether asking twice is the same as asking once. Never so for an upload: only the caller may decide to repeat one. */
    boolean repeatable() {
        return !method.equals("POST");
    }
}
