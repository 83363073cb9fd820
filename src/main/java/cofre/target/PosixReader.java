package cofre.target;

import cofre.format.Xattr;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.restore.TargetEntry;
import cofre.restore.TargetException;
import cofre.restore.TargetReader;

/** {@link TargetReader} by descriptor. */
final class PosixReader implements TargetReader {
    private final Posix posix;
    private final MetadataSetter metadata;
    private final Fd file;
    private final RawPath path;

    PosixReader(Posix posix, MetadataSetter metadata, Fd file, RawPath path) {
        this.posix = posix;
        this.metadata = metadata;
        this.file = file;
        this.path = path;
    }

    @Override
    public TargetEntry entry() throws TargetException {
        try {
            return Entries.of(posix.directories().stat(file));
        } catch (PosixException e) {
            throw Faults.entry("look at", path, e);
        }
    }

    @Override
    public boolean has(Xattr attribute) throws TargetException {
        try {
            return metadata.has(file, attribute);
        } catch (PosixException e) {
            throw Faults.entry("read attributes of", path, e);
        }
    }

    @Override
    public int read(long offset, byte[] into, int length) throws TargetException {
        try {
            return posix.files().pread(file, offset, into, 0, length);
        } catch (PosixException e) {
            throw Faults.entry("read", path, e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
