package cofre.posix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * FreeBSD 12 and later on 64-bit machines: fstatat(2) with 64-bit inodes, getdirentries(2), getpeereid(3). Constants and
 * offsets are those of sys/fcntl.h, sys/stat.h, sys/dirent.h, sys/mount.h and sys/socket.h.
 */
final class FreeBsdPlatform implements Platform {
    private static final int O_CLOEXEC = 0x100000;
    private static final Numbers NUMBERS =
            new Numbers(0x200, 0x800, 17, 0x4, O_CLOEXEC, 0x10000000 | 0x20000000, 0x20000, 8, 0x40087468);
    private static final Errno[] ERRNOS = Errno.freeBsdTable();

    private static final int TYPE_NAME_AT = 280;
    private static final int TYPE_NAME_LENGTH = 16;
    private static final int MOUNT_FROM_AT = 296;
    /** MNAMELEN. */
    private static final int MOUNT_NAME_LENGTH = 1024;

    private final LibC.FreeBsd freeBsd;

    FreeBsdPlatform(LibC.FreeBsd freeBsd) {
        this.freeBsd = freeBsd;
    }

    @Override
    public Errno errno(int number) {
        return Errno.find(ERRNOS, number);
    }

    @Override
    public Numbers numbers() {
        return NUMBERS;
    }

    /** There is no O_NOATIME; snapshots are read-only anyway. */
    @Override
    public int openBits(OpenFlags f) {
        int bits = O_CLOEXEC | (f.bits() & (OpenFlags.WRITE_BIT | OpenFlags.READ_WRITE_BIT));
        bits |= f.has(OpenFlags.DIRECTORY_BIT) ? 0x20000 : 0;
        bits |= f.has(OpenFlags.NO_FOLLOW_BIT) ? 0x100 : 0;
        bits |= f.has(OpenFlags.CREATE_BIT) ? 0x200 : 0;
        bits |= f.has(OpenFlags.EXCLUSIVE_BIT) ? 0x800 : 0;
        bits |= f.has(OpenFlags.TRUNCATE_BIT) ? 0x400 : 0;
        bits |= f.has(OpenFlags.APPEND_BIT) ? 0x8 : 0;
        bits |= f.has(OpenFlags.NON_BLOCK_BIT) ? 0x4 : 0;
        return bits | (f.has(OpenFlags.PATH_BIT) ? 0x400000 : 0);
    }

    @Override
    public int stat(int dir, long name, boolean follow, Scratch scratch) {
        return freeBsd.fstatat(dir, name, scratch.structAddress, follow ? 0 : NUMBERS.noFollow());
    }

    @Override
    public int stat(int fd, Scratch scratch) {
        return freeBsd.fstat(fd, scratch.structAddress);
    }

    /** struct stat, 224 bytes. */
    @Override
    public FileStat decodeStat(ByteBuffer b, int at) {
        int mode = b.getShort(at + 24) & 0xffff;
        // A file system that does not know the birth time says -1.
        long birth = b.getLong(at + 96);
        boolean born = birth != -1;
        return new FileStat(
                FileKind.ofMode(mode),
                mode & 07777,
                Integer.toUnsignedLong(b.getInt(at + 28)),
                Integer.toUnsignedLong(b.getInt(at + 32)),
                b.getLong(at + 16),
                b.getLong(at + 8),
                b.getLong(at),
                b.getLong(at + 40),
                b.getLong(at + 112),
                b.getLong(at + 120),
                b.getLong(at + 64),
                (int) b.getLong(at + 72),
                b.getLong(at + 80),
                (int) b.getLong(at + 88),
                b.getLong(at + 48),
                (int) b.getLong(at + 56),
                born ? birth : 0,
                born ? (int) b.getLong(at + 104) : 0,
                Integer.toUnsignedLong(b.getInt(at + 132)));
    }

    @Override
    public long readEntries(int dir, long buffer, int length, Scratch scratch) {
        return freeBsd.getdirentries(dir, buffer, length, scratch.structAddress);
    }

    @Override
    public DirentFormat direntFormat() {
        return new DirentFormat(24, 20);
    }

    /** struct statfs with version 0x20140518, 2344 bytes. */
    @Override
    public FileSystemInfo decodeFileSystem(ByteBuffer b, int at) {
        long unit = b.getLong(at + 16);
        byte[] type = new byte[TYPE_NAME_LENGTH];
        b.get(at + TYPE_NAME_AT, type);
        int length = 0;
        while (length < type.length && type[length] != 0) {
            length++;
        }
        return new FileSystemInfo(
                new String(type, 0, length, StandardCharsets.US_ASCII),
                b.getLong(at + 32) * unit,
                // Negative when even root's reserve is in use.
                Math.max(0, b.getLong(at + 48)) * unit,
                Math.max(0, b.getLong(at + 64)),
                b.getLong(at + 192),
                (b.getLong(at + 8) & 1) != 0);
    }

    @Override
    public FlagSetter flags(Calls calls) {
        return new FreeBsdFlags(calls, freeBsd);
    }

    @Override
    public Nfs4Acls nfs4Acls(Calls calls, FileIo files) {
        return new FreeBsdNfs4Acls(calls, freeBsd, files);
    }

    @Override
    public Optional<String> mountSource(int fd, Calls calls) throws PosixException {
        Scratch s = calls.scratch();
        if (calls.c.fstatfs(fd, s.structAddress) < 0) {
            throw calls.failure("fstatfs", "an open file");
        }
        return Optional.of(mountSource(s.small, Scratch.STRUCT));
    }

    /** f_mntfromname of struct statfs. */
    static String mountSource(ByteBuffer b, int at) {
        byte[] name = new byte[MOUNT_NAME_LENGTH];
        b.get(at + MOUNT_FROM_AT, name);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int maxSocketPath() {
        return 103;
    }

    /** {@code u8 length, u8 family, char path[104]}. */
    @Override
    public int encodeAddress(byte[] path, ByteBuffer into, int at) {
        int length = 2 + path.length + 1;
        into.put(at, (byte) length);
        into.put(at + 1, (byte) 1);
        into.put(at + 2, path);
        into.put(at + 2 + path.length, (byte) 0);
        return length;
    }

    @Override
    public Peer peer(int socket, Calls calls) throws PosixException {
        Scratch s = calls.scratch();
        if (freeBsd.getpeereid(socket, s.structAddress, s.structAddress + 4) < 0) {
            throw calls.failure("getpeereid", "the peer's credentials");
        }
        return new Peer(
                Integer.toUnsignedLong(s.small.getInt(Scratch.STRUCT)),
                Integer.toUnsignedLong(s.small.getInt(Scratch.STRUCT + 4)),
                -1);
    }

    /** The title goes through a format of its own, so a percent sign in it stays one. */
    @Override
    public void title(byte[] title, Calls calls) throws PosixException {
        Scratch s = calls.scratch();
        long format = s.path(Scratch.NAME, "-%s".getBytes(StandardCharsets.US_ASCII));
        freeBsd.setproctitle(format, s.path(Scratch.OTHER_NAME, title));
    }
}
