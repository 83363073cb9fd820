package cofre.server;

/** The rules say no to the client. Not a fault of the server: nothing is logged as an error. */
abstract sealed class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** No stack trace: refusals are ordinary answers and a hostile client can ask for many. */
    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status that tells the client. */
    int status() {
        return status;
    }

    /** The name is taken; stored files are never replaced. */
    static final class Exists extends Refusal {
        private static final long serialVersionUID = 1L;

        Exists() {
            super(403, "exists already");
        }
    }

    /** Quota or disk leaves no room. */
    static final class NoSpace extends Refusal {
        private static final long serialVersionUID = 1L;

        NoSpace(String why) {
            super(507, why);
        }
    }

    /** The bytes do not hash to the name. */
    static final class WrongHash extends Refusal {
        private static final long serialVersionUID = 1L;

        WrongHash() {
            super(400, "content does not match its name");
        }
    }

    /** No such file or repository. */
    static final class NotFound extends Refusal {
        private static final long serialVersionUID = 1L;

        NotFound() {
            super(404, "not found");
        }
    }

    /** Append-only mode, or a lock of somebody else. */
    static final class Forbidden extends Refusal {
        private static final long serialVersionUID = 1L;

        Forbidden(String why) {
            super(403, why);
        }
    }
}
