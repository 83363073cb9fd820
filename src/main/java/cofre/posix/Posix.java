package cofre.posix;

import cofre.shim.BatchDir;
import java.util.function.Supplier;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The system's calls, in groups. Thread-safe; make one and pass it on. */
public final class Posix {
    private final Calls calls;
    private final FileIo files;
    private final Directories directories;
    private final Nodes nodes;
    private final Mounts mounts;
    private final Xattrs xattrs;
    private final XattrNaming xattrNaming;
    private final FlagSetter flags;
    private final Nfs4Acls nfs4Acls;
    private final Accounts accounts;
    private final HostProcess process;
    private final UnixSockets sockets;
    private final FuseSystem fuse;

    private Posix(Posix from, Directories directories) {
        calls = from.calls;
        files = from.files;
        this.directories = directories;
        nodes = from.nodes;
        mounts = from.mounts;
        xattrs = from.xattrs;
        xattrNaming = from.xattrNaming;
        flags = from.flags;
        nfs4Acls = from.nfs4Acls;
        accounts = from.accounts;
        process = from.process;
        sockets = from.sockets;
        fuse = from.fuse;
    }

    private Posix(LibC.Common c, Platform platform, Adapters own, XattrNaming naming, Ticker ticker) {
        calls = new Calls(c, platform);
        files = new LibcFileIo(calls);
        directories = new LibcDirectories(calls);
        nodes = new LibcNodes(calls);
        mounts = new Mounts(calls);
        xattrs = own.xattrs(calls, files);
        xattrNaming = naming;
        flags = platform.flags(calls);
        nfs4Acls = platform.nfs4Acls(calls, files);
        accounts = new Accounts(calls, ticker);
        process = new HostProcess(calls);
        sockets = new UnixSockets(calls, files, directories, nodes, ticker);
        fuse = own.fuse(calls, files);
    }

    /** What each system has a class of its own for. */
    private interface Adapters {
        Xattrs xattrs(Calls calls, FileIo files);

        FuseSystem fuse(Calls calls, FileIo files);
    }

    private record LinuxAdapters(LibC.Linux own) implements Adapters {
        @Override
        public Xattrs xattrs(Calls calls, FileIo files) {
            return new LinuxXattrs(calls, own);
        }

        @Override
        public FuseSystem fuse(Calls calls, FileIo files) {
            return new LinuxFuse(calls, own, files);
        }
    }

    private record FreeBsdAdapters(LibC.FreeBsd own) implements Adapters {
        @Override
        public Xattrs xattrs(Calls calls, FileIo files) {
            return new FreeBsdXattrs(calls, own, files);
        }

        @Override
        public FuseSystem fuse(Calls calls, FileIo files) {
            return new FreeBsdFuse(calls, own, files);
        }
    }

    /**
     * Binds the C library of the running system. {@link SelfTest} should follow before anything is relied upon.
     *
     * @param ticker what deadlines and caches go by
     * @throws UnsupportedOperationException on a system other than 64-bit Linux and FreeBSD
     */
    public static Posix load(Ticker ticker) {
        String os = System.getProperty("os.name", "");
        String arch = System.getProperty("os.arch", "");
        boolean linux = os.equals("Linux");
        boolean arm64 = arch.equals("aarch64");
        boolean known = (linux || os.equals("FreeBSD")) && (arm64 || arch.equals("amd64"));
        if (!known) {
            throw new UnsupportedOperationException("cannot run on " + os + " " + arch
                    + ": only Linux and FreeBSD on amd64 and aarch64 are known to this program");
        }
        return linux ? loadLinux(arm64, ticker) : loadFreeBsd(ticker);
    }

    private static Posix loadLinux(boolean arm64, Ticker ticker) {
        LibC.Common c = LibraryLoader.create(LibC.Common.class).load("libc.so.6");
        LibC.Linux own = LibraryLoader.create(LibC.Linux.class).load("libc.so.6");
        requireLongs(c);
        return new Posix(c, new LinuxPlatform(own, arm64), new LinuxAdapters(own), XattrNaming.LINUX, ticker);
    }

    /** By its full soname: plain "c" would find a linker script, and FreeBSD 15's libc.so.7 still exports libsys. */
    private static Posix loadFreeBsd(Ticker ticker) {
        LibC.Common c = LibraryLoader.create(LibC.Common.class).load("libc.so.7");
        LibC.FreeBsd own = LibraryLoader.create(LibC.FreeBsd.class).load("libc.so.7");
        requireLongs(c);
        return new Posix(c, new FreeBsdPlatform(own), new FreeBsdAdapters(own), XattrNaming.FREEBSD, ticker);
    }

    /** The same, listing directories with the native shim; {@code readers} makes one reader for each thread that lists. */
    public Posix withBatches(Supplier<BatchDir> readers) {
        return withDirectories(new BatchedDirectories(calls, directories, readers));
    }

    Posix withDirectories(Directories other) {
        return new Posix(this, other);
    }

    private static void requireLongs(LibC.Common c) {
        Runtime runtime = Runtime.getRuntime(c);
        if (runtime.longSize() != Long.BYTES || runtime.addressSize() != Long.BYTES) {
            throw new UnsupportedOperationException(
                    "cannot run here: C's long has " + runtime.longSize() + " bytes vs " + Long.BYTES);
        }
    }

    /** Opening files and moving their contents. */
    public FileIo files() {
        return files;
    }

    /** Names and metadata. */
    public Directories directories() {
        return directories;
    }

    /** Making and changing entries. */
    public Nodes nodes() {
        return nodes;
    }

    /** What is mounted where. */
    public Mounts mounts() {
        return mounts;
    }

    /** Extended attributes. */
    public Xattrs xattrs() {
        return xattrs;
    }

    /** How this system's attribute names are spelled in a repository. */
    public XattrNaming xattrNaming() {
        return xattrNaming;
    }

    /** File flags. */
    public FlagSetter flags() {
        return flags;
    }

    /** NFSv4 ACLs. */
    public Nfs4Acls nfs4Acls() {
        return nfs4Acls;
    }

    /** Users and groups. */
    public Accounts accounts() {
        return accounts;
    }

    /** This process. */
    public HostProcess process() {
        return process;
    }

    /** Unix sockets. */
    public UnixSockets sockets() {
        return sockets;
    }

    /** Serving a file system. */
    public FuseSystem fuse() {
        return fuse;
    }

    Calls calls() {
        return calls;
    }
}
