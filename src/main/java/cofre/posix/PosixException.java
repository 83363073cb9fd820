package cofre.posix;

import java.io.IOException;

/**
 * A system call said no. The message is {@code cannot CALL OBJECT: ERRNO, its meaning}; the object's name is escaped as
 * {@link cofre.path.Display} does.
 */
public final class PosixException extends IOException {
    private static final long serialVersionUID = 1;

    private final Errno errno;
    private final int number;
    private final String call;

    PosixException(Errno errno, int number, String call, String object) {
        super("cannot " + call + " " + object + ": " + label(errno, number) + ", " + errno.text());
        this.errno = errno;
        this.number = number;
        this.call = call;
    }

    /** One that the kernel did not raise itself but we did in its words; {@code why} ends the message. */
    PosixException(Errno errno, String call, String object, String why) {
        super("cannot " + call + " " + object + ": " + why);
        this.errno = errno;
        this.number = 0;
        this.call = call;
    }

    /** What went wrong. */
    public Errno errno() {
        return errno;
    }

    /** The system's own number for it; 0 when the complaint is ours and not the kernel's. */
    public int number() {
        return number;
    }

    /** The system call, e.g. {@code openat}. */
    public String call() {
        return call;
    }

    private static String label(Errno errno, int number) {
        return errno == Errno.OTHER ? "errno " + number : errno.name();
    }
}
