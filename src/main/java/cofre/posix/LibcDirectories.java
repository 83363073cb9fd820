package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@link Directories} by libc. Entries are read 64 KiB at a time; metadata by one call per name. */
final class LibcDirectories implements Directories {
    private static final int SEEK_SET = 0;

    private final Calls calls;
    private final Platform platform;
    private final DirentFormat format;

    LibcDirectories(Calls calls) {
        this.calls = calls;
        platform = calls.platform;
        format = platform.direntFormat();
    }

    @Override
    public FileStat stat(Fd file) throws PosixException {
        Scratch s = calls.scratch();
        calls.on(file, "fstat", n -> platform.stat(n, s));
        return platform.decodeStat(s.small, Scratch.STRUCT);
    }

    @Override
    public FileStat statAt(Fd dir, RawName name) throws PosixException {
        Scratch s = calls.scratch();
        long address = s.name(Scratch.NAME, name);
        calls.at(dir, name, "fstatat", n -> platform.stat(n, address, false, s));
        return platform.decodeStat(s.small, Scratch.STRUCT);
    }

    @Override
    public FileStat statFollowing(byte[] path) throws PosixException {
        Scratch s = calls.scratch();
        if (platform.stat(Platform.AT_FDCWD, s.path(Scratch.NAME, path), true, s) < 0) {
            throw calls.failure("stat", path);
        }
        return platform.decodeStat(s.small, Scratch.STRUCT);
    }

    @Override
    public List<RawDirEntry> list(Fd dir) throws PosixException {
        List<RawDirEntry> entries = new ArrayList<>();
        forEachName(
                dir,
                (number, batch, at, name) ->
                        entries.add(new RawDirEntry(name, format.kind(batch, at), format.inode(batch, at))));
        return entries;
    }

    @Override
    public List<StatEntry> listWithStat(Fd dir) throws PosixException {
        List<StatEntry> entries = new ArrayList<>();
        Scratch s = calls.scratch();
        forEachName(
                dir,
                (number, batch, at, name) ->
                        entries.add(statEntry(number, s.bulkAddress() + at + format.nameAt(), name, s)));
        return entries;
    }

    /** The name in the batch ends with NUL on both systems, so it is handed to the kernel where it lies. */
    private StatEntry statEntry(int dir, long address, RawName name, Scratch s) {
        while (platform.stat(dir, address, false, s) < 0) {
            int last = calls.lastNumber();
            Errno errno = calls.errnoOf(last);
            if (errno != Errno.EINTR) {
                return new StatEntry.Failed(name, errno, last);
            }
        }
        return new StatEntry.Found(name, platform.decodeStat(s.small, Scratch.STRUCT));
    }

    /** One entry of a batch; must not use the bulk region, where the batch lies. */
    @FunctionalInterface
    private interface EntrySink {
        void take(int dir, ByteBuffer batch, int at, RawName name);
    }

    private void forEachName(Fd dir, EntrySink sink) throws PosixException {
        Scratch s = calls.scratch();
        long address = s.bulkAddress();
        int number = dir.hold();
        try {
            calls.on(dir, "lseek", n -> calls.c.lseek(n, 0, SEEK_SET));
            while (true) {
                int filled =
                        (int) calls.on(dir, "list", n -> platform.readEntries(n, address, Scratch.LISTING_LENGTH, s));
                if (filled == 0) {
                    return;
                }
                takeBatch(dir, number, s, filled, sink);
            }
        } finally {
            dir.drop();
        }
    }

    private void takeBatch(Fd dir, int number, Scratch s, int filled, EntrySink sink) throws PosixException {
        ByteBuffer batch = s.bulk();
        byte[] heap = s.listing();
        batch.get(0, heap, 0, filled);
        int at = 0;
        while (at < filled) {
            int length = format.length(batch, at, filled, dir);
            int nameLength = format.nameLength(batch, at, length);
            if (format.isShown(batch, at, nameLength)) {
                sink.take(number, batch, at, format.name(heap, at, nameLength, dir));
            }
            at += length;
        }
    }

    @Override
    public FileSystemInfo fileSystem(Fd file) throws PosixException {
        Scratch s = calls.scratch();
        calls.on(file, "fstatfs", n -> calls.c.fstatfs(n, s.structAddress));
        return platform.decodeFileSystem(s.small, Scratch.STRUCT);
    }
}
