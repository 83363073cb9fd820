package cofre.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** Linux: statx(2), getdents64(2), SO_PEERCRED. Constants are those of the kernel's UAPI headers. */
final class LinuxPlatform implements Platform {
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    /** STATX_BASIC_STATS with STATX_BTIME. */
    private static final int STATX_WANTED = 0xfff;

    private static final int O_CLOEXEC = 0x80000;
    private static final int SO_PEERCRED = 17;
    private static final Numbers NUMBERS =
            new Numbers(0x100, 0x200, 1030, 0x800, O_CLOEXEC, 0x80000 | 0x800, 0x4000, 7, 0x5413);

    private static final Errno[] ERRNOS = Errno.linuxTable();
    private static final Map<Long, String> TYPES = Map.of(
            0x2fc12fc1L,
            "zfs",
            0xef53L,
            "ext",
            0x01021994L,
            "tmpfs",
            0x58465342L,
            "xfs",
            0x9123683eL,
            "btrfs",
            0x65735546L,
            "fuse",
            0x6969L,
            "nfs",
            0x794c7630L,
            "overlay",
            0xff534d42L,
            "cifs",
            0x9fa0L,
            "proc");

    private final LibC.Linux linux;
    private final int directoryBit;
    private final int noFollowBit;

    /** {@code arm64} because these two flags have other numbers there. */
    LinuxPlatform(LibC.Linux linux, boolean arm64) {
        this.linux = linux;
        directoryBit = arm64 ? 0x4000 : 0x10000;
        noFollowBit = arm64 ? 0x8000 : 0x20000;
    }

    @Override
    public Errno errno(int number) {
        return Errno.find(ERRNOS, number);
    }

    @Override
    public Numbers numbers() {
        return NUMBERS;
    }

    @Override
    public int openBits(OpenFlags f) {
        int bits = O_CLOEXEC | (f.bits() & (OpenFlags.WRITE_BIT | OpenFlags.READ_WRITE_BIT));
        bits |= f.has(OpenFlags.DIRECTORY_BIT) ? directoryBit : 0;
        bits |= f.has(OpenFlags.NO_FOLLOW_BIT) ? noFollowBit : 0;
        bits |= f.has(OpenFlags.CREATE_BIT) ? 0x40 : 0;
        bits |= f.has(OpenFlags.EXCLUSIVE_BIT) ? 0x80 : 0;
        bits |= f.has(OpenFlags.TRUNCATE_BIT) ? 0x200 : 0;
        bits |= f.has(OpenFlags.APPEND_BIT) ? 0x400 : 0;
        bits |= f.has(OpenFlags.NON_BLOCK_BIT) ? 0x800 : 0;
        bits |= f.has(OpenFlags.NO_ATIME_BIT) ? 0x40000 : 0;
        return bits | (f.has(OpenFlags.PATH_BIT) ? 0x200000 : 0);
    }

    @Override
    public int stat(int dir, long name, boolean follow, Scratch scratch) {
        int flags = AT_NO_AUTOMOUNT | (follow ? 0 : NUMBERS.noFollow());
        return linux.statx(dir, name, flags, STATX_WANTED, scratch.structAddress);
    }

    @Override
    public int stat(int fd, Scratch scratch) {
        scratch.small.put(Scratch.NAME, (byte) 0);
        return linux.statx(fd, scratch.smallAddress, AT_EMPTY_PATH, STATX_WANTED, scratch.structAddress);
    }

    /** struct statx, 256 bytes, the same on every architecture. */
    @Override
    public FileStat decodeStat(ByteBuffer b, int at) {
        int mode = b.getShort(at + 28) & 0xffff;
        return new FileStat(
                FileKind.ofMode(mode),
                mode & 07777,
                Integer.toUnsignedLong(b.getInt(at + 20)),
                Integer.toUnsignedLong(b.getInt(at + 24)),
                Integer.toUnsignedLong(b.getInt(at + 16)),
                b.getLong(at + 32),
                device(b.getInt(at + 136), b.getInt(at + 140)),
                device(b.getInt(at + 128), b.getInt(at + 132)),
                b.getLong(at + 40),
                b.getLong(at + 48),
                b.getLong(at + 112),
                b.getInt(at + 120),
                b.getLong(at + 96),
                b.getInt(at + 104),
                b.getLong(at + 64),
                b.getInt(at + 72),
                b.getLong(at + 80),
                b.getInt(at + 88),
                0);
    }

    /** glibc's makedev: 32 bits of each number, interleaved so that the old 16-bit form is kept. */
    static long device(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return (high & 0xfffff000L) << 32 | (high & 0xfff) << 8 | (low & 0xffffff00L) << 12 | (low & 0xff);
    }

    @Override
    public long readEntries(int dir, long buffer, int length, Scratch scratch) {
        return linux.getdents64(dir, buffer, length);
    }

    @Override
    public DirentFormat direntFormat() {
        return new DirentFormat(19, -1);
    }

    /** struct statfs of the 64-bit architectures; blocks are counted in f_frsize where that is set. */
    @Override
    public FileSystemInfo decodeFileSystem(ByteBuffer b, int at) {
        long type = b.getLong(at) & 0xffffffffL;
        long fragment = b.getLong(at + 72);
        long unit = fragment > 0 ? fragment : b.getLong(at + 8);
        String name = TYPES.getOrDefault(type, "0x" + Long.toHexString(type));
        boolean readOnly = (b.getLong(at + 80) & 1) != 0;
        return new FileSystemInfo(
                name,
                b.getLong(at + 16) * unit,
                b.getLong(at + 32) * unit,
                b.getLong(at + 48),
                b.getLong(at + 56),
                readOnly);
    }

    @Override
    public int maxSocketPath() {
        return 107;
    }

    /** {@code u16 family, char path[108]}. */
    @Override
    public int encodeAddress(byte[] path, ByteBuffer into, int at) {
        into.putShort(at, (short) 1);
        into.put(at + 2, path);
        into.put(at + 2 + path.length, (byte) 0);
        return 2 + path.length + 1;
    }

    /** {@code struct ucred: pid, uid, gid}, 32 bits each. */
    @Override
    public Peer peer(int socket, Calls calls) throws PosixException {
        Scratch s = calls.scratch();
        int at = Scratch.STRUCT;
        s.small.putInt(at + 12, 12);
        if (calls.c.getsockopt(socket, 1, SO_PEERCRED, s.structAddress, s.structAddress + 12) < 0) {
            throw calls.failure("getsockopt", "the peer's credentials");
        }
        return new Peer(
                Integer.toUnsignedLong(s.small.getInt(at + 4)),
                Integer.toUnsignedLong(s.small.getInt(at + 8)),
                s.small.getInt(at));
    }

    @Override
    public Optional<String> mountSource(int fd, Calls calls) throws IOException {
        return LinuxMounts.sourceOf(fd);
    }

    /** Linux has no call for it; the command line stays as it was. */
    @Override
    public void title(byte[] title, Calls calls) {
        // Nothing to do.
    }
}
