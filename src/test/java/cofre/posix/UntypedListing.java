package cofre.posix;

import cofre.path.RawName;
import java.util.List;

/** A file system whose listings do not tell what a name names, as some do not. Everything else is the real one's. */
public final class UntypedListing implements Directories {
    private final Directories real;

    private UntypedListing(Directories real) {
        this.real = real;
    }

    /** The system's calls with such listings. */
    public static Posix of(Posix posix) {
        return posix.withDirectories(new UntypedListing(posix.directories()));
    }

    @Override
    public List<RawDirEntry> list(Fd dir) throws PosixException {
        return real.list(dir).stream()
                .map(entry -> new RawDirEntry(entry.name(), FileKind.UNKNOWN, entry.inode()))
                .toList();
    }

    @Override
    public FileStat stat(Fd file) throws PosixException {
        return real.stat(file);
    }

    @Override
    public FileStat statAt(Fd dir, RawName name) throws PosixException {
        return real.statAt(dir, name);
    }

    @Override
    public FileStat statFollowing(byte[] path) throws PosixException {
        return real.statFollowing(path);
    }

    @Override
    public List<StatEntry> listWithStat(Fd dir) throws PosixException {
        return real.listWithStat(dir);
    }

    @Override
    public FileSystemInfo fileSystem(Fd file) throws PosixException {
        return real.fileSystem(file);
    }
}
