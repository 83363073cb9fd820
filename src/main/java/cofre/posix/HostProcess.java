package cofre.posix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** This process and its neighbours. Thread-safe. */
public final class HostProcess {
    /** The same on both systems. */
    private static final int CORE_LIMIT = 4;

    private final Calls calls;
    private final LibC.Common c;

    HostProcess(Calls calls) {
        this.calls = calls;
        c = calls.c;
    }

    /** Our process number. */
    public int pid() {
        return c.getpid();
    }

    /** Our effective user, 0 to 2^32-1. */
    public long uid() {
        return Integer.toUnsignedLong(c.geteuid());
    }

    /** Our effective group, 0 to 2^32-1. */
    public long gid() {
        return Integer.toUnsignedLong(c.getegid());
    }

    /** Whether a process of that number is there, ours to signal or not. */
    public boolean isAlive(int pid) {
        return pid > 0 && (c.kill(pid, 0) == 0 || calls.errnoOf(calls.lastNumber()) == Errno.EPERM);
    }

    /** Whether descriptor 0, 1 or 2 is a terminal. */
    public boolean isTerminal(int standardStream) {
        return c.isatty(standardStream) == 1;
    }

    /** Columns of the terminal behind descriptor 0, 1 or 2; empty when it is none or does not know. */
    public OptionalInt terminalColumns(int standardStream) {
        Scratch s = calls.scratch();
        ByteBuffer small = s.small;
        // struct winsize: rows, columns, 16 bits each, and two more.
        int failed = c.ioctl(standardStream, calls.platform.numbers().windowSize(), s.structAddress);
        int columns = failed < 0 ? 0 : small.getShort(Scratch.STRUCT + 2) & 0xffff;
        return columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
    }

    /** Sets which permission bits new files never get; the former mask. It is the whole process's: set it once. */
    public int umask(int mask) {
        // FreeBSD's mode_t has 16 bits: the upper half of the register is not defined.
        return c.umask(mask) & 0777;
    }

    /** Forbids core dumps for good: one would hold keys. */
    public void disableCoreDumps() throws PosixException {
        Scratch s = calls.scratch();
        s.small.putLong(Scratch.STRUCT, 0);
        s.small.putLong(Scratch.STRUCT + 8, 0);
        if (c.setrlimit(CORE_LIMIT, s.structAddress) < 0) {
            throw calls.failure("setrlimit", "core size");
        }
    }

    /** Size of a core dump in bytes the system would allow; negative means no limit. */
    long coreDumpLimit() throws PosixException {
        return limit(CORE_LIMIT, "core size");
    }

    /** Allows as many open files as the system lets us; how many that are (negative: no limit). */
    public long raiseOpenFiles() throws PosixException {
        int resource = calls.platform.numbers().openFilesLimit();
        limit(resource, "open files");
        Scratch s = calls.scratch();
        s.small.putLong(Scratch.STRUCT, s.small.getLong(Scratch.STRUCT + 8));
        if (c.setrlimit(resource, s.structAddress) < 0) {
            throw calls.failure("setrlimit", "open files");
        }
        return limit(resource, "open files");
    }

    /** Leaves the pair of soft and hard limit in the structure region and gives the soft one. */
    private long limit(int resource, String what) throws PosixException {
        Scratch s = calls.scratch();
        if (c.getrlimit(resource, s.structAddress) < 0) {
            throw calls.failure("getrlimit", what);
        }
        return s.small.getLong(Scratch.STRUCT);
    }

    /** Shows {@code title} in ps(1) where the system can (FreeBSD). */
    public void title(String title) throws PosixException {
        calls.platform.title(title.getBytes(StandardCharsets.UTF_8), calls);
    }
}
