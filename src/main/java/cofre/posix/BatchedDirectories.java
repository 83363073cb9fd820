package cofre.posix;

import cofre.path.RawName;
import cofre.shim.BatchDir;
import cofre.shim.EntryLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@link Directories} whose listing with metadata is one native call per batch instead of one call per name. */
final class BatchedDirectories implements Directories {
    private static final int SEEK_SET = 0;

    private final Calls calls;
    private final Directories one;
    /** A reader belongs to one thread at a time. */
    private final ThreadLocal<BatchDir> readers;

    private final boolean hasFlags;

    BatchedDirectories(Calls calls, Directories one, Supplier<BatchDir> readers) {
        this.calls = calls;
        this.hasFlags = calls.platform.flags(calls).isOfUse();
        this.one = one;
        this.readers = ThreadLocal.withInitial(readers);
    }

    @Override
    public List<StatEntry> listWithStat(Fd dir) throws PosixException {
        BatchDir reader = readers.get();
        List<StatEntry> entries = new ArrayList<>();
        int number = dir.hold();
        try {
            calls.on(dir, "lseek", n -> calls.c.lseek(n, 0, SEEK_SET));
            while (fill(reader, number, dir)) {
                take(reader.records(), dir, entries);
            }
        } finally {
            dir.drop();
        }
        return entries;
    }

    /** False at the end of the directory. */
    private boolean fill(BatchDir reader, int number, Fd dir) throws PosixException {
        while (true) {
            int filled = reader.fill(number);
            if (filled >= 0) {
                return filled > 0;
            }
            if (calls.errnoOf(-filled) != Errno.EINTR) {
                throw calls.failure("list", dir, -filled);
            }
        }
    }

    private void take(ByteBuffer records, Fd dir, List<StatEntry> entries) throws PosixException {
        byte[] heap = new byte[records.limit()];
        records.get(0, heap);
        int at = 0;
        while (at < heap.length) {
            int length = records.getInt(at + EntryLayout.NAME_LENGTH);
            RawName name;
            try {
                name = RawName.of(heap, at + EntryLayout.NAME, length);
            } catch (IllegalArgumentException e) {
                throw new PosixException(Errno.EIO, "list", dir.toString(), e.getMessage());
            }
            int error = records.getInt(at + EntryLayout.ERROR);
            entries.add(
                    error == 0
                            ? new StatEntry.Found(name, stat(records, at))
                            : new StatEntry.Failed(name, calls.errnoOf(error), error));
            at += records.getInt(at + EntryLayout.RECORD_LENGTH);
        }
    }

    private FileStat stat(ByteBuffer b, int at) {
        int mode = b.getInt(at + EntryLayout.MODE);
        return new FileStat(
                FileKind.ofMode(mode),
                mode & 07777,
                Integer.toUnsignedLong(b.getInt(at + EntryLayout.UID)),
                Integer.toUnsignedLong(b.getInt(at + EntryLayout.GID)),
                b.getLong(at + EntryLayout.LINKS),
                b.getLong(at + EntryLayout.INODE),
                b.getLong(at + EntryLayout.DEVICE),
                b.getLong(at + EntryLayout.SPECIAL_DEVICE),
                b.getLong(at + EntryLayout.SIZE),
                b.getLong(at + EntryLayout.BLOCKS),
                b.getLong(at + EntryLayout.MODIFY_SECONDS),
                b.getInt(at + EntryLayout.MODIFY_NANOS),
                b.getLong(at + EntryLayout.CHANGE_SECONDS),
                b.getInt(at + EntryLayout.CHANGE_NANOS),
                b.getLong(at + EntryLayout.ACCESS_SECONDS),
                b.getInt(at + EntryLayout.ACCESS_NANOS),
                b.getLong(at + EntryLayout.BIRTH_SECONDS),
                b.getInt(at + EntryLayout.BIRTH_NANOS),
                // On Linux these are bits of another meaning.
                hasFlags ? b.getLong(at + EntryLayout.FLAGS) : 0);
    }

    @Override
    public FileStat stat(Fd file) throws PosixException {
        return one.stat(file);
    }

    @Override
    public FileStat statAt(Fd dir, RawName name) throws PosixException {
        return one.statAt(dir, name);
    }

    @Override
    public FileStat statFollowing(byte[] path) throws PosixException {
        return one.statFollowing(path);
    }

    @Override
    public List<RawDirEntry> list(Fd dir) throws PosixException {
        return one.list(dir);
    }

    @Override
    public FileSystemInfo fileSystem(Fd file) throws PosixException {
        return one.fileSystem(file);
    }
}
