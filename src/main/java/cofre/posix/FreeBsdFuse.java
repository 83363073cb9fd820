package cofre.posix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** FUSE on FreeBSD: nmount(2) as mount_fusefs(8) calls it, statfs(2), and sysctl(3) for who a process is. */
final class FreeBsdFuse implements FuseSystem {
    static final String TYPE = "fusefs.cofre";
    /** MNT_RDONLY, MNT_NOEXEC, MNT_NOSUID, MNT_NOSYMFOLLOW. */
    private static final int FLAGS = 1 | 4 | 8 | 0x00400000;

    private static final int MNT_FORCE = 0x00080000;

    /** Of struct statfs. */
    private static final int FSID_AT = 192;

    private static final int TYPE_NAME_AT = 280;

    /** CTL_KERN, KERN_PROC. */
    private static final int[] PROCESS = {1, 14};

    private static final int KERN_PROC_PID = 1;
    private static final int KERN_PROC_GROUPS = 34;
    /** sizeof(struct kinfo_proc) on 64-bit machines; the kernel writes it into the first four bytes. */
    static final int PROCESS_LENGTH = 1088;

    private static final int PROCESS_PID_AT = 72;
    private static final int PROCESS_UID_AT = 168;
    private static final int PROCESS_GID_AT = 192;

    private static final int NAME_AT = 0;
    private static final int LENGTH_AT = 32;
    private static final int RESULT_AT = 64;

    private final Calls calls;
    private final LibC.FreeBsd freeBsd;
    private final FileIo files;

    FreeBsdFuse(Calls calls, LibC.FreeBsd freeBsd, FileIo files) {
        this.calls = calls;
        this.freeBsd = freeBsd;
        this.files = files;
    }

    @Override
    public FuseDevice open() throws PosixException {
        byte[] device = "/dev/fuse".getBytes(StandardCharsets.US_ASCII);
        return new FuseDevice(calls, files.open(device, OpenFlags.READ_WRITE));
    }

    /** There are no device files to keep from: since FreeBSD 6 they work in devfs only. */
    @Override
    public void mount(FuseDevice device, byte[] point, Options options) throws PosixException {
        int number = device.file().hold();
        try {
            MountVector vector = vector(number, point, options);
            ByteBuffer direct = vector.direct();
            vector.write(direct, calls.addressOf(direct));
            if (freeBsd.nmount(calls.addressOf(direct), vector.count(), FLAGS) < 0) {
                throw calls.failure("nmount", point);
            }
        } finally {
            device.file().drop();
        }
    }

    /** The equals signs are part of these names: that is how fusefs looks for them. */
    static MountVector vector(int number, byte[] point, Options options) {
        MountVector vector = new MountVector()
                .text("fstype", "fusefs")
                .bytes("fspath", point)
                .text("from", "/dev/fuse")
                .text("fd", Integer.toString(number))
                .text("allow_other", "")
                .text("max_read=", Integer.toString(options.maxRead()))
                .text("subtype=", "cofre");
        return options.kernelChecksModes() ? vector.text("default_permissions", "") : vector;
    }

    /** It reads one cache block ahead, whatever it is told. */
    @Override
    public boolean readAhead(byte[] point, int bytes) {
        return false;
    }

    @Override
    public void unmount(byte[] point) throws PosixException {
        if (freeBsd.unmount(calls.scratch().path(Scratch.NAME, point), MNT_FORCE) < 0) {
            throw calls.failure("unmount", point);
        }
    }

    /** fusefs answers statfs also for the dead. */
    @Override
    public Occupant occupant(byte[] point) throws PosixException {
        long above = statfs(LinuxFuse.parent(point));
        if (statfs(point) == above) {
            return Occupant.NOTHING;
        }
        byte[] type = new byte[TYPE.length() + 1];
        calls.scratch().small.get(Scratch.STRUCT + TYPE_NAME_AT, type);
        return new String(type, StandardCharsets.US_ASCII).equals(TYPE + '\0') ? Occupant.OURS : Occupant.OTHER;
    }

    private long statfs(byte[] path) throws PosixException {
        Scratch s = calls.scratch();
        if (freeBsd.statfs(s.path(Scratch.NAME, path), s.structAddress) < 0) {
            throw calls.failure("statfs", path);
        }
        return s.small.getLong(Scratch.STRUCT + FSID_AT);
    }

    /** Rights belong to the whole process here. The list begins with the effective group (until FreeBSD 15). */
    @Override
    public Optional<Credentials> credentials(int pid) {
        if (pid <= 0) {
            return Optional.empty();
        }
        ByteBuffer bulk = calls.scratch().bulk();
        int length = sysctl(KERN_PROC_GROUPS, pid);
        if (length < 0) {
            return Optional.empty();
        }
        Set<Long> groups = new HashSet<>();
        for (int at = 0; at + Integer.BYTES <= length; at += Integer.BYTES) {
            groups.add(Integer.toUnsignedLong(bulk.getInt(RESULT_AT + at)));
        }
        return decode(bulk, sysctl(KERN_PROC_PID, pid), pid, groups);
    }

    /** Empty unless the structure is the one this program knows. */
    static Optional<Credentials> decode(ByteBuffer b, int length, int pid, Set<Long> groups) {
        boolean known = length == PROCESS_LENGTH
                && b.getInt(RESULT_AT) == PROCESS_LENGTH
                && b.getInt(RESULT_AT + PROCESS_PID_AT) == pid;
        if (!known) {
            return Optional.empty();
        }
        long uid = Integer.toUnsignedLong(b.getInt(RESULT_AT + PROCESS_UID_AT));
        long gid = Integer.toUnsignedLong(b.getInt(RESULT_AT + PROCESS_GID_AT));
        return Optional.of(new Credentials(uid, gid, groups));
    }

    private int sysctl(int what, int pid) {
        Scratch s = calls.scratch();
        ByteBuffer bulk = s.bulk();
        bulk.putInt(NAME_AT, PROCESS[0]).putInt(NAME_AT + 4, PROCESS[1]);
        bulk.putInt(NAME_AT + 8, what).putInt(NAME_AT + 12, pid);
        bulk.putLong(LENGTH_AT, Scratch.BULK_LENGTH - RESULT_AT);
        long base = s.bulkAddress();
        int failed = freeBsd.sysctl(base + NAME_AT, 4, base + RESULT_AT, base + LENGTH_AT, 0, 0);
        return failed < 0 ? -1 : (int) bulk.getLong(LENGTH_AT);
    }

    @Override
    public int number(Errno errno) {
        return errno.freeBsdNumber() > 0 ? errno.freeBsdNumber() : Errno.EIO.freeBsdNumber();
    }

    @Override
    public boolean asksForEachComponent() {
        return true;
    }

    /** The protocol's field is shorter than dev_t; with numbers as small as devfs gives them nothing is lost. */
    @Override
    public int deviceBits(long device) {
        return (int) device;
    }
}
