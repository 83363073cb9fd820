package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;

/** {@link FileIo} by libc. Heap arrays go through native memory: pinning them would hold up the garbage collector. */
final class LibcFileIo implements FileIo {
    private static final int DEFAULT_MODE = 0666;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private final Calls calls;
    private final LibC.Common c;

    LibcFileIo(Calls calls) {
        this.calls = calls;
        c = calls.c;
    }

    @Override
    public Fd open(byte[] path, OpenFlags flags) throws PosixException {
        return open(path, flags, DEFAULT_MODE);
    }

    @Override
    public Fd open(byte[] path, OpenFlags flags, int mode) throws PosixException {
        long address = calls.scratch().path(Scratch.NAME, path);
        return opened(Platform.AT_FDCWD, address, flags, mode, path.clone());
    }

    @Override
    public Fd openAt(Fd dir, RawName name, OpenFlags flags) throws PosixException {
        return openAt(dir, name, flags, DEFAULT_MODE);
    }

    @Override
    public Fd openAt(Fd dir, RawName name, OpenFlags flags, int mode) throws PosixException {
        int number = dir.hold();
        try {
            long address = calls.scratch().name(Scratch.NAME, name);
            return opened(number, address, flags, mode, name);
        } finally {
            dir.drop();
        }
    }

    private Fd opened(int dir, long path, OpenFlags flags, int mode, Object label) throws PosixException {
        OpenFlags wanted = flags;
        while (true) {
            int fd = c.openat(dir, path, calls.platform.openBits(wanted), mode);
            if (fd >= 0) {
                return calls.wrap(fd, label);
            }
            int last = calls.lastNumber();
            Errno errno = calls.errnoOf(last);
            if (errno == Errno.EPERM && wanted.has(OpenFlags.NO_ATIME_BIT)) {
                // O_NOATIME is for the owner and root only; the file may still be readable.
                wanted = new OpenFlags(wanted.bits() & ~OpenFlags.NO_ATIME_BIT);
            } else if (errno == Errno.EMLINK && wanted.has(OpenFlags.NO_FOLLOW_BIT)) {
                // FreeBSD's word for "O_NOFOLLOW, but it is a link"; open(2) has no other use for it.
                throw new PosixException(Errno.ELOOP, last, "openat", Calls.describe(label));
            } else if (errno != Errno.EINTR) {
                throw calls.failure("openat", label, last);
            }
        }
    }

    @Override
    public Fd dup(Fd file) throws PosixException {
        int command = calls.platform.numbers().dupCloseOnExec();
        int copy = (int) calls.on(file, "dup", n -> c.fcntl(n, command, 0));
        return calls.wrap(copy, file.toString());
    }

    @Override
    public int read(Fd file, byte[] into, int at, int length) throws PosixException {
        return fill(file, into, at, length, (n, address, count, done) -> c.read(n, address, count));
    }

    @Override
    public int pread(Fd file, long offset, byte[] into, int at, int length) throws PosixException {
        return fill(file, into, at, length, (n, address, count, done) -> c.pread(n, address, count, offset + done));
    }

    /** One read or write of {@code count} bytes at {@code address}, {@code done} bytes after where the caller began. */
    @FunctionalInterface
    private interface Transfer {
        long move(int fd, long address, long count, long done);
    }

    private int fill(Fd file, byte[] into, int at, int length, Transfer transfer) throws PosixException {
        Objects.checkFromIndexSize(at, length, into.length);
        Scratch s = calls.scratch();
        ByteBuffer bulk = s.bulk();
        long address = s.bulkAddress();
        int done = 0;
        while (done < length) {
            int want = Math.min(length - done, Scratch.BULK_LENGTH);
            long before = done;
            int got = (int) calls.on(file, "read", n -> transfer.move(n, address, want, before));
            if (got == 0) {
                break;
            }
            bulk.get(0, into, at + done, got);
            done += got;
        }
        return done;
    }

    @Override
    public int pread(Fd file, long offset, ByteBuffer direct) throws PosixException {
        if (!direct.isDirect() || direct.isReadOnly()) {
            throw new IllegalArgumentException("cannot read into this buffer: it is not direct and writable");
        }
        long address = calls.addressOf(direct);
        int done = 0;
        while (direct.hasRemaining()) {
            long to = address + direct.position();
            long from = offset + done;
            int got = (int) calls.on(file, "read", n -> c.pread(n, to, direct.remaining(), from));
            if (got == 0) {
                break;
            }
            direct.position(direct.position() + got);
            done += got;
        }
        return done;
    }

    @Override
    public void write(Fd file, byte[] from, int at, int length) throws PosixException {
        drain(file, from, at, length, (n, address, count, done) -> c.write(n, address, count));
    }

    @Override
    public void pwrite(Fd file, long offset, byte[] from, int at, int length) throws PosixException {
        drain(file, from, at, length, (n, address, count, done) -> c.pwrite(n, address, count, offset + done));
    }

    private void drain(Fd file, byte[] from, int at, int length, Transfer transfer) throws PosixException {
        Objects.checkFromIndexSize(at, length, from.length);
        Scratch s = calls.scratch();
        ByteBuffer bulk = s.bulk();
        long address = s.bulkAddress();
        int done = 0;
        while (done < length) {
            int want = Math.min(length - done, Scratch.BULK_LENGTH);
            bulk.put(0, from, at + done, want);
            long before = done;
            done += (int) calls.on(file, "write", n -> transfer.move(n, address, want, before));
        }
    }

    @Override
    public void truncate(Fd file, long length) throws PosixException {
        calls.on(file, "ftruncate", n -> c.ftruncate(n, length));
    }

    @Override
    public void fsync(Fd file) throws PosixException {
        calls.on(file, "fsync", c::fsync);
    }

    @Override
    public OptionalLong nextData(Fd file, long offset) throws PosixException {
        return seek(file, offset, SEEK_DATA);
    }

    @Override
    public OptionalLong nextHole(Fd file, long offset) throws PosixException {
        return seek(file, offset, SEEK_HOLE);
    }

    private OptionalLong seek(Fd file, long offset, int whence) throws PosixException {
        try {
            return OptionalLong.of(calls.on(file, "lseek", n -> c.lseek(n, offset, whence)));
        } catch (PosixException e) {
            if (e.errno() == Errno.ENXIO) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public void advise(Fd file, long offset, long length, Advice advice) {
        int number = file.hold();
        try {
            c.posix_fadvise(number, offset, length, advice.number);
        } finally {
            file.drop();
        }
    }
}
