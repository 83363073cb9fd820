package cofre.walk;

import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** An open regular file. */
final class PosixFile implements SourceFile {
    private final Posix posix;
    private final AttributeReader attributes;
    private final BiFunction<Fd, SourceStat, Optional<String>> acls;
    private final Fd fd;
    private final RawPath dir;
    private final RawName name;
    private long position;

    PosixFile(
            Posix posix,
            AttributeReader attributes,
            BiFunction<Fd, SourceStat, Optional<String>> acls,
            Fd fd,
            RawPath dir,
            RawName name) {
        this.posix = posix;
        this.attributes = attributes;
        this.acls = acls;
        this.fd = fd;
        this.dir = dir;
        this.name = name;
    }

    @Override
    public SourceStat stat() throws SourceException {
        try {
            return Stats.of(posix.directories().stat(fd));
        } catch (PosixException e) {
            throw Complaint.of("look at", dir, name, e);
        }
    }

    @Override
    public int read(byte[] into, int at, int length) throws SourceException {
        Objects.checkFromIndexSize(at, length, into.length);
        if (length == 0) {
            return 0;
        }
        try {
            int n = posix.files().pread(fd, position, into, at, length);
            position += n;
            return n == 0 ? -1 : n;
        } catch (PosixException e) {
            throw Complaint.of("read file", dir, name, e);
        }
    }

    @Override
    public void position(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("cannot read from " + offset + " vs at least 0");
        }
        position = offset;
    }

    @Override
    public List<Xattr> xattrs() throws SourceException {
        try {
            return attributes.of(fd);
        } catch (PosixException e) {
            throw Complaint.of("read the extended attributes of", dir, name, e);
        }
    }

    @Override
    public Optional<String> nfs4Acl(SourceStat stat) {
        return acls.apply(fd, stat);
    }

    @Override
    public void close() {
        fd.close();
    }
}
