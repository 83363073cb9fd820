package cofre.posix;

import cofre.path.RawName;

/** chflags(2) of FreeBSD. */
final class FreeBsdFlags implements FlagSetter {
    private static final int AT_SYMLINK_NOFOLLOW = 0x200;

    private final Calls calls;
    private final LibC.FreeBsd freeBsd;

    FreeBsdFlags(Calls calls, LibC.FreeBsd freeBsd) {
        this.calls = calls;
        this.freeBsd = freeBsd;
    }

    @Override
    public boolean isOfUse() {
        return true;
    }

    @Override
    public void set(Fd file, long flags) throws PosixException {
        calls.on(file, "fchflags", n -> freeBsd.fchflags(n, flags));
    }

    @Override
    public void setAt(Fd dir, RawName name, long flags) throws PosixException {
        long path = calls.scratch().name(Scratch.NAME, name);
        calls.at(dir, name, "chflagsat", n -> freeBsd.chflagsat(n, path, flags, AT_SYMLINK_NOFOLLOW));
    }
}
