package cofre.posix;

import cofre.path.RawName;
import java.util.Arrays;

/** acl(2) system calls of FreeBSD, by descriptor only: the path calls would follow links on the way. */
final class FreeBsdNfs4Acls implements Nfs4Acls {
    private static final int ACL_TYPE_NFS4 = 4;
    private static final int PC_ACL_NFS4 = 64;
    /** Said in the structure before the kernel reads or writes it; it refuses any other. */
    private static final int MAX_ENTRIES = 254;

    private final Calls calls;
    private final LibC.FreeBsd freeBsd;
    private final FileIo files;

    FreeBsdNfs4Acls(Calls calls, LibC.FreeBsd freeBsd, FileIo files) {
        this.calls = calls;
        this.freeBsd = freeBsd;
        this.files = files;
    }

    @Override
    public boolean areKept() {
        return true;
    }

    /** fpathconf gives -1 for a file system that does not know the question. */
    @Override
    public boolean areKeptBy(Fd file) throws PosixException {
        return calls.on(file, "fpathconf", n -> Math.max(0, freeBsd.fpathconf(n, PC_ACL_NFS4))) == 1;
    }

    @Override
    public byte[] get(Fd file) throws PosixException {
        Scratch s = calls.scratch();
        s.small.putInt(Scratch.STRUCT, MAX_ENTRIES);
        calls.on(file, "__acl_get_fd", n -> freeBsd.__acl_get_fd(n, ACL_TYPE_NFS4, s.structAddress));
        byte[] acl = new byte[SIZE];
        s.small.get(Scratch.STRUCT, acl);
        return acl;
    }

    @Override
    public byte[] getAt(Fd dir, RawName name) throws PosixException {
        try (Fd place = files.openAt(dir, name, OpenFlags.READ.pathOnly().noFollow())) {
            return get(place);
        }
    }

    @Override
    public void set(Fd file, byte[] acl) throws PosixException {
        Scratch s = calls.scratch();
        s.small.put(Scratch.STRUCT, Arrays.copyOf(acl, SIZE));
        calls.on(file, "__acl_set_fd", n -> freeBsd.__acl_set_fd(n, ACL_TYPE_NFS4, s.structAddress));
    }
}
