package cofre.posix;

import cofre.path.RawName;

/** Setting file flags, where a system has them. Thread-safe. */
public interface FlagSetter {
    /** Of a system that has none. */
    FlagSetter NONE = new FlagSetter() {
        @Override
        public boolean isOfUse() {
            return false;
        }

        @Override
        public void set(Fd file, long flags) throws PosixException {
            throw new PosixException(Errno.EOPNOTSUPP, "fchflags", file.toString(), "this system has no file flags");
        }

        @Override
        public void setAt(Fd dir, RawName name, long flags) throws PosixException {
            throw new PosixException(Errno.EOPNOTSUPP, "chflagsat", dir.toString(), "this system has no file flags");
        }
    };

    /** Whether files here have flags, which {@link FileStat#flags} then shows. */
    boolean isOfUse();

    /** Sets all flags of an open file. */
    void set(Fd file, long flags) throws PosixException;

    /** Sets all flags of a name; of a link its own. */
    void setAt(Fd dir, RawName name, long flags) throws PosixException;
}
