package cofre.posix;

import cofre.path.RawName;

/** {@link Nodes} by libc. */
final class LibcNodes implements Nodes {
    private final Calls calls;
    private final LibC.Common c;
    private final Platform.Numbers numbers;

    LibcNodes(Calls calls) {
        this.calls = calls;
        c = calls.c;
        numbers = calls.platform.numbers();
    }

    @Override
    public void mkdirAt(Fd dir, RawName name, int mode) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "mkdirat", n -> c.mkdirat(n, path, mode));
    }

    @Override
    public void mknodAt(Fd dir, RawName name, FileKind kind, int mode, long rdev) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "mknodat", n -> c.mknodat(n, path, kind.modeBits() | mode, rdev));
    }

    @Override
    public void mkfifoAt(Fd dir, RawName name, int mode) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "mkfifoat", n -> c.mkfifoat(n, path, mode));
    }

    @Override
    public void linkAt(Fd fromDir, RawName from, Fd toDir, RawName to) throws PosixException {
        long source = name(from);
        long target = calls.scratch().name(Scratch.OTHER_NAME, to);
        calls.at(fromDir, from, "linkat", n -> calls.at(toDir, to, "linkat", m -> c.linkat(n, source, m, target, 0)));
    }

    @Override
    public void symlinkAt(byte[] target, Fd dir, RawName name) throws PosixException {
        long path = name(name);
        long text = calls.scratch().path(Scratch.OTHER_NAME, target);
        calls.at(dir, name, "symlinkat", n -> c.symlinkat(text, n, path));
    }

    @Override
    public byte[] readLinkAt(Fd dir, RawName name) throws PosixException {
        long path = name(name);
        Scratch s = calls.scratch();
        long buffer = s.bulkAddress();
        int length = (int) calls.at(dir, name, "readlinkat", n -> c.readlinkat(n, path, buffer, Scratch.BULK_LENGTH));
        if (length == Scratch.BULK_LENGTH) {
            throw new PosixException(
                    Errno.ENAMETOOLONG,
                    "readlinkat",
                    Calls.describe(name),
                    "target of " + length + " bytes or more vs at most " + (Scratch.BULK_LENGTH - 1));
        }
        return s.fromBulk(length);
    }

    @Override
    public void unlinkAt(Fd dir, RawName name) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "unlinkat", n -> c.unlinkat(n, path, 0));
    }

    @Override
    public void removeDirAt(Fd dir, RawName name) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "rmdir", n -> c.unlinkat(n, path, numbers.removeDir()));
    }

    @Override
    public void renameAt(Fd fromDir, RawName from, Fd toDir, RawName to) throws PosixException {
        long source = name(from);
        long target = calls.scratch().name(Scratch.OTHER_NAME, to);
        calls.at(
                fromDir, from, "renameat", n -> calls.at(toDir, to, "renameat", m -> c.renameat(n, source, m, target)));
    }

    @Override
    public void chmod(Fd file, int mode) throws PosixException {
        calls.on(file, "fchmod", n -> c.fchmod(n, mode));
    }

    @Override
    public void chmodAt(Fd dir, RawName name, int mode) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "fchmodat", n -> c.fchmodat(n, path, mode, numbers.noFollow()));
    }

    @Override
    public void chown(Fd file, long uid, long gid) throws PosixException {
        calls.on(file, "fchown", n -> c.fchown(n, (int) uid, (int) gid));
    }

    @Override
    public void chownAt(Fd dir, RawName name, long uid, long gid) throws PosixException {
        long path = name(name);
        calls.at(dir, name, "fchownat", n -> c.fchownat(n, path, (int) uid, (int) gid, numbers.noFollow()));
    }

    @Override
    public void setTimes(Fd file, FileTimes times) throws PosixException {
        long pair = timespecs(times);
        calls.on(file, "futimens", n -> c.futimens(n, pair));
    }

    @Override
    public void setTimesAt(Fd dir, RawName name, FileTimes times) throws PosixException {
        long path = name(name);
        long pair = timespecs(times);
        calls.at(dir, name, "utimensat", n -> c.utimensat(n, path, pair, numbers.noFollow()));
    }

    private long name(RawName name) throws PosixException {
        return calls.scratch().name(Scratch.NAME, name);
    }

    /** {@code struct timespec[2]}: access, then modification; both members are 64 bits. */
    private long timespecs(FileTimes times) {
        Scratch s = calls.scratch();
        s.small.putLong(Scratch.STRUCT, times.atimeSeconds());
        s.small.putLong(Scratch.STRUCT + 8, times.atimeNanos());
        s.small.putLong(Scratch.STRUCT + 16, times.mtimeSeconds());
        s.small.putLong(Scratch.STRUCT + 24, times.mtimeNanos());
        return s.structAddress;
    }
}
