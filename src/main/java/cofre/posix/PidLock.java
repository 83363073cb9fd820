package cofre.posix;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A pid file that only one process can hold: its flock(2) goes with the process, however that ends, so a stale one never
 * blocks. The file is emptied on release but stays, because removing it would let two processes lock two files of one
 * name.
 */
public final class PidLock implements AutoCloseable {
    private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
    private static final int MODE = 0644;
    private static final int MAX_PID_TEXT = 16;
    /** Tries when the file is replaced under our hands. */
    private static final int TRIES = 10;

    private final Posix posix;
    private final Fd file;

    private PidLock(Posix posix, Fd file) {
        this.posix = posix;
        this.file = file;
    }

    /** Takes the lock and writes our pid; empty when another process has it. */
    public static Optional<PidLock> tryAcquire(Posix posix, Fd dir, RawName name) throws PosixException {
        for (int i = 0; i < TRIES; i++) {
            Fd file = posix.files()
                    .openAt(dir, name, OpenFlags.READ_WRITE.create().noFollow(), MODE);
            try {
                if (!lock(posix.calls(), file)) {
                    file.close();
                    return Optional.empty();
                }
                if (isStillNamed(posix.directories(), file, dir, name)) {
                    writePid(posix, file);
                    return Optional.of(new PidLock(posix, file));
                }
                file.close();
            } catch (PosixException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
        throw new PosixException(
                Errno.EBUSY, "lock", Calls.describe(name), "it was replaced " + TRIES + " times while being locked");
    }

    /** The pid in the file; empty when there is none. Only a hint: it may be of a process long gone. */
    public static OptionalInt holder(Posix posix, Fd dir, RawName name) throws PosixException {
        try (Fd file = posix.files().openAt(dir, name, OpenFlags.READ.noFollow().nonBlock())) {
            byte[] text = new byte[MAX_PID_TEXT];
            int length = posix.files().pread(file, 0, text, 0, text.length);
            String pid = new String(text, 0, length, StandardCharsets.US_ASCII).strip();
            return pid.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(pid)) : OptionalInt.empty();
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private static boolean lock(Calls calls, Fd file) throws PosixException {
        try {
            calls.on(file, "flock", n -> calls.c.flock(n, LOCK_EXCLUSIVE_NOW));
            return true;
        } catch (PosixException e) {
            if (e.errno() == Errno.EAGAIN) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isStillNamed(Directories directories, Fd file, Fd dir, RawName name) throws PosixException {
        try {
            return directories.statAt(dir, name).isSameFileAs(directories.stat(file));
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private static void writePid(Posix posix, Fd file) throws PosixException {
        byte[] pid = (posix.process().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        posix.files().truncate(file, 0);
        posix.files().pwrite(file, 0, pid, 0, pid.length);
    }

    /** Releases the lock; again does nothing. */
    @Override
    public void close() {
        if (file.isClosed()) {
            return;
        }
        try {
            posix.files().truncate(file, 0);
        } catch (PosixException e) {
            // The pid stays as a hint; the lock itself goes with the descriptor.
        }
        file.close();
    }
}
