package cofre.fuse;

import cofre.posix.Errno;

/** A request is answered with an error number. Cheap: it is an ordinary answer, not a fault. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    Refusal(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
