package cofre.posix;

import cofre.path.RawName;
import java.util.List;

/**
 * Proves on the running system that structures are read at the right places, by making a file whose metadata is known.
 * A wrong offset would otherwise show as wrong owners and times in every backup.
 */
public final class SelfTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};
    private static final FileTimes TIMES = new FileTimes(-1_234_567_890L, 123_456_789, 1_234_567_890L, 987_654_321);
    private static final int MODE = 04710;
    private static final int FILE_MODE = 0600;

    private final Posix posix;

    /** One for this system. */
    public SelfTest(Posix posix) {
        this.posix = posix;
    }

    /**
     * Makes two names in {@code dir}, looks at them, and removes them.
     *
     * @throws PosixException EPROTO when something is not as it must be: this program must then not run; or what the
     *     file system complains about
     */
    public void run(Fd dir) throws PosixException {
        RawName name = RawName.ofText(".cofre-selftest-" + posix.process().pid());
        RawName other = RawName.ofText(".cofre-selftest-" + posix.process().pid() + "-link");
        removeLeftover(dir, name);
        removeLeftover(dir, other);
        try (Fd file = posix.files().openAt(dir, name, OpenFlags.NEW_FILE, FILE_MODE)) {
            posix.nodes().linkAt(dir, name, dir, other);
            posix.files().write(file, CONTENT, 0, CONTENT.length);
            posix.nodes().chmod(file, MODE);
            posix.nodes().setTimes(file, TIMES);
            FileStat byFd = posix.directories().stat(file);
            checkStat(byFd);
            check("fstatat", posix.directories().statAt(dir, name), byFd);
            checkListing(dir, name, byFd);
        } finally {
            removeLeftover(dir, other);
            removeLeftover(dir, name);
        }
    }

    private void checkStat(FileStat stat) throws PosixException {
        check("kind", stat.kind(), FileKind.FILE);
        check("mode", stat.mode(), MODE);
        check("owner", stat.uid(), posix.process().uid());
        check("links", stat.links(), 2L);
        check("size", stat.size(), (long) CONTENT.length);
        check("mtime", stat.mtimeSeconds(), TIMES.mtimeSeconds());
        check("atime", stat.atimeSeconds(), TIMES.atimeSeconds());
        checkNanos("mtime's nanoseconds", stat.mtimeNanos(), TIMES.mtimeNanos());
        checkNanos("atime's nanoseconds", stat.atimeNanos(), TIMES.atimeNanos());
    }

    /** A file system may keep coarser times, but never finer or other ones. */
    private static void checkNanos(String what, int actual, int set) throws PosixException {
        for (long grain = 1; grain <= 1_000_000_000; grain *= 10) {
            if (actual == set / grain * grain) {
                return;
            }
        }
        check(what, actual, set);
    }

    private void checkListing(Fd dir, RawName name, FileStat stat) throws PosixException {
        List<RawDirEntry> found = posix.directories().list(dir).stream()
                .filter(e -> e.name().equals(name))
                .toList();
        check("listed names", found.size(), 1);
        check("listed inode", found.get(0).inode(), stat.inode());
    }

    private void removeLeftover(Fd dir, RawName name) throws PosixException {
        try {
            posix.nodes().unlinkAt(dir, name);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private static void check(String what, Object actual, Object expected) throws PosixException {
        if (!actual.equals(expected)) {
            throw new PosixException(
                    Errno.EPROTO,
                    "trust this system's",
                    what,
                    actual + " vs " + expected
                            + "; nothing was backed up; this build does not know this version of the system");
        }
    }
}
