package cofre.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** FUSE on Linux: mount(2) with the device's number among the options, as fuse(4) says; proc(5) tells the rest. */
final class LinuxFuse implements FuseSystem {
    static final String TYPE = "fuse.cofre";
    private static final String SOURCE = "cofre";
    /** MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOSYMFOLLOW. */
    private static final int FLAGS = 1 | 2 | 4 | 8 | 0x100;

    private static final String NO_LINKS = "nosymfollow";
    /** MNT_FORCE, which ends the connection, with MNT_DETACH, which does not mind open files. */
    private static final int FORCE_AND_DETACH = 1 | 2;

    private static final int TYPE_AT = Scratch.STRUCT + 64;
    private static final int DATA_AT = Scratch.STRUCT + 128;

    private final Calls calls;
    private final LibC.Linux linux;
    private final FileIo files;

    LinuxFuse(Calls calls, LibC.Linux linux, FileIo files) {
        this.calls = calls;
        this.linux = linux;
        this.files = files;
    }

    @Override
    public FuseDevice open() throws PosixException {
        byte[] device = "/dev/fuse".getBytes(StandardCharsets.US_ASCII);
        return new FuseDevice(calls, files.open(device, OpenFlags.READ_WRITE));
    }

    @Override
    public void mount(FuseDevice device, byte[] point, Options options) throws IOException {
        int number = device.file().hold();
        try {
            mount(point, data(number, options));
        } finally {
            device.file().drop();
        }
        requireNoLinks(point);
    }

    static String data(int number, Options options) {
        return "fd=" + number + ",rootmode=40000,user_id=0,group_id=0,allow_other,max_read=" + options.maxRead()
                + (options.kernelChecksModes() ? ",default_permissions" : "");
    }

    private void mount(byte[] point, String data) throws PosixException {
        Scratch s = calls.scratch();
        long target = s.path(Scratch.NAME, point);
        long base = s.smallAddress;
        put(s, Scratch.STRUCT, SOURCE);
        put(s, TYPE_AT, TYPE);
        put(s, DATA_AT, data);
        if (linux.mount(base + Scratch.STRUCT, target, base + TYPE_AT, FLAGS, base + DATA_AT) < 0) {
            throw calls.failure("mount", point);
        }
    }

    private static void put(Scratch s, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        s.small.put(at, bytes);
        s.small.put(at + bytes.length, (byte) 0);
    }

    /** Kernels before 5.10 take the flag and do not heed it; a link to / in a version would then lead users out. */
    private void requireNoLinks(byte[] point) throws IOException {
        Optional<LinuxMounts.Kind> kind = LinuxMounts.kind(mountId(point));
        if (kind.isEmpty() || !kind.get().options().contains(NO_LINKS)) {
            unmount(point);
            throw new PosixException(
                    Errno.EOPNOTSUPP,
                    "mount",
                    Calls.describe(point),
                    "this kernel has no \"" + NO_LINKS + "\" vs needed, Linux 5.10 or later has it");
        }
    }

    /** The protocol can only lower what each new mount begins with, 128 KiB; sysfs(5) can raise it. */
    @Override
    public boolean readAhead(byte[] point, int bytes) {
        try {
            Optional<LinuxMounts.Kind> kind = LinuxMounts.kind(mountId(point));
            if (kind.isEmpty()) {
                return false;
            }
            Path setting = Path.of("/sys/class/bdi/" + kind.get().device() + "/read_ahead_kb");
            Files.writeString(setting, bytes / 1024 + "\n", StandardOpenOption.WRITE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void unmount(byte[] point) throws PosixException {
        long target = calls.scratch().path(Scratch.NAME, point);
        if (linux.umount2(target, FORCE_AND_DETACH) < 0) {
            throw calls.failure("umount2", point);
        }
    }

    @Override
    public Occupant occupant(byte[] point) throws IOException {
        String id = mountId(point);
        if (id.equals(mountId(parent(point)))) {
            return Occupant.NOTHING;
        }
        return LinuxMounts.kind(id).filter(k -> k.type().equals(TYPE)).isPresent() ? Occupant.OURS : Occupant.OTHER;
    }

    /** Holding a place asks nothing of the file system mounted there. */
    private String mountId(byte[] path) throws IOException {
        Fd place = files.open(path, OpenFlags.READ.noFollow().pathOnly());
        int number = place.hold();
        try {
            return LinuxMounts.idOf(number);
        } finally {
            place.drop();
            place.close();
        }
    }

    static byte[] parent(byte[] path) {
        int slash = path.length - 1;
        while (slash > 0 && path[slash] != '/') {
            slash--;
        }
        return slash == 0 ? new byte[] {'/'} : Arrays.copyOf(path, slash);
    }

    /**
     * By /proc/PID/status. The kernel puts the number of the asking thread into a request, and has the file of a thread
     * under that number too; while it waits for our answer its rights stay as they are.
     */
    @Override
    public Optional<Credentials> credentials(int pid) {
        if (pid <= 0) {
            return Optional.empty();
        }
        try {
            return parse(Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of the four numbers of {@code Uid:} and {@code Gid:} (real, effective, saved, file system) the last one counts. */
    static Optional<Credentials> parse(String status) {
        long uid = -1;
        long gid = -1;
        Set<Long> groups = null;
        for (String line : status.split("\n", -1)) {
            if (line.startsWith("Uid:")) {
                uid = fourth(line);
            } else if (line.startsWith("Gid:")) {
                gid = fourth(line);
            } else if (line.startsWith("Groups:")) {
                groups = numbers(line);
            }
        }
        return uid < 0 || gid < 0 || groups == null ? Optional.empty() : Optional.of(new Credentials(uid, gid, groups));
    }

    private static long fourth(String line) {
        String[] words = line.split("\\s+", -1);
        return words.length < 5 ? -1 : Long.parseLong(words[4]);
    }

    private static Set<Long> numbers(String line) {
        Set<Long> found = new HashSet<>();
        for (String word : line.substring("Groups:".length()).strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                found.add(Long.parseLong(word));
            }
        }
        return found;
    }

    @Override
    public int number(Errno errno) {
        return errno.linuxNumber() > 0 ? errno.linuxNumber() : Errno.EIO.linuxNumber();
    }

    @Override
    public boolean asksForEachComponent() {
        return false;
    }

    /** glibc's 64-bit form to the kernel's new_encode_dev: 12 bits of the major number, 20 of the minor. */
    @Override
    public int deviceBits(long device) {
        int major = (int) (((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L));
        int minor = (int) ((device & 0xff) | ((device >>> 12) & 0xffffff00L));
        return (minor & 0xff) | ((major & 0xfff) << 8) | ((minor & 0xfff00) << 12);
    }
}
