package cofre.server;

import java.net.InetAddress;

/** Finds out who sends a request. Thread-safe. */
interface Authenticator {

    /** The outcome of asking. */
    sealed interface Outcome {}

    /** The user is who he says; the name is empty when nobody is asked. */
    record Accepted(String user) implements Outcome {}

    /** Not known: status 401. */
    record Unknown() implements Outcome {}

    /** Too many wrong passwords from there: status 429. */
    record Throttled() implements Outcome {}

    /** The parts of a request that say who sent it. */
    interface Claims {
        /** First value of a header, or null. */
        String header(String name);

        /** Address of the other end of the connection. */
        InetAddress peer();
    }

    /** May take as long as one bcrypt. */
    Outcome authenticate(Claims claims);
}
