package cofre.target;

import cofre.path.RawName;
import cofre.posix.Directories;
import cofre.posix.Fd;
import cofre.posix.FileStat;
import cofre.posix.FileSystemInfo;
import cofre.posix.PosixException;
import cofre.posix.RawDirEntry;
import cofre.posix.StatEntry;
import java.util.List;

/** Real directories in which everything has these flags. */
record FlaggedDirectories(Directories real, long flags) implements Directories {
    private FileStat flagged(FileStat s) {
        return new FileStat(
                s.kind(),
                s.mode(),
                s.uid(),
                s.gid(),
                s.links(),
                s.inode(),
                s.device(),
                s.rdev(),
                s.size(),
                s.blocks(),
                s.mtimeSeconds(),
                s.mtimeNanos(),
                s.ctimeSeconds(),
                s.ctimeNanos(),
                s.atimeSeconds(),
                s.atimeNanos(),
                s.birthSeconds(),
                s.birthNanos(),
                flags);
    }

    @Override
    public FileStat stat(Fd file) throws PosixException {
        return flagged(real.stat(file));
    }

    @Override
    public FileStat statAt(Fd dir, RawName name) throws PosixException {
        return flagged(real.statAt(dir, name));
    }

    @Override
    public FileStat statFollowing(byte[] path) throws PosixException {
        return flagged(real.statFollowing(path));
    }

    @Override
    public List<RawDirEntry> list(Fd dir) throws PosixException {
        return real.list(dir);
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
