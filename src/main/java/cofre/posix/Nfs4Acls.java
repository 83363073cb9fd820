package cofre.posix;

import cofre.path.RawName;

/**
 * NFSv4 ACLs as FreeBSD's kernel hands them over: {@code struct acl}, {@value #SIZE} bytes. What they say is not this room's
 * matter. Thread-safe.
 */
public interface Nfs4Acls {
    /** Bytes of the structure: 24, and 254 entries of 16. */
    int SIZE = 4088;

    /** Of a system that has none. */
    Nfs4Acls NONE = new Nfs4Acls() {
        @Override
        public boolean areKept() {
            return false;
        }

        @Override
        public boolean areKeptBy(Fd file) {
            return false;
        }

        @Override
        public byte[] get(Fd file) throws PosixException {
            throw unsupported(file);
        }

        @Override
        public byte[] getAt(Fd dir, RawName name) throws PosixException {
            throw unsupported(dir);
        }

        @Override
        public void set(Fd file, byte[] acl) throws PosixException {
            throw unsupported(file);
        }

        private PosixException unsupported(Fd file) {
            return new PosixException(
                    Errno.EOPNOTSUPP, "use the NFSv4 ACL of", file.toString(), "this system keeps none");
        }
    };

    /** Whether there are any on this system. */
    boolean areKept();

    /** Whether the file system of an open file keeps them: ask once for all of its files. */
    boolean areKeptBy(Fd file) throws PosixException;

    /** That of an open file. */
    byte[] get(Fd file) throws PosixException;

    /** That of a name, of whatever kind; EBADF from a kernel that does not give it without opening the file. */
    byte[] getAt(Fd dir, RawName name) throws PosixException;

    /** Gives an open file another one. */
    void set(Fd file, byte[] acl) throws PosixException;
}
