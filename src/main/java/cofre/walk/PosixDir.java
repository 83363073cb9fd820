package cofre.walk;

import cofre.format.NodeType;
import cofre.format.RightsModel;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileKind;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.RawDirEntry;
import cofre.posix.StatEntry;
import cofre.source.NamedEntry;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open directory; every look at an entry is relative to it and follows no link. */
final class PosixDir implements SourceDir {
    private static final OpenFlags DIRECTORY = OpenFlags.REAL_DIRECTORY.noAccessTime();

    private final Posix posix;
    private final AttributeReader attributes;
    private final Fd fd;
    /** For messages only: never given to the system. */
    private final RawPath path;

    private final AclReader acls;
    /** Set when first asked for: a directory of which nothing is read anew needs no call. */
    private volatile Optional<Boolean> keepsAcls = Optional.empty();

    PosixDir(Posix posix, AttributeReader attributes, AclReader acls, Fd fd, RawPath path) {
        this.posix = posix;
        this.attributes = attributes;
        this.acls = acls;
        this.fd = fd;
        this.path = path;
    }

    @Override
    public SourceStat stat() throws SourceException {
        try {
            return Stats.of(posix.directories().stat(fd));
        } catch (PosixException e) {
            throw Complaint.of("look at", path, e);
        }
    }

    /** Listing moves the descriptor's position, so one at a time. */
    @Override
    public synchronized List<SourceEntry> list() throws SourceException {
        try {
            List<StatEntry> found = posix.directories().listWithStat(fd);
            List<SourceEntry> entries = new ArrayList<>(found.size());
            for (StatEntry entry : found) {
                add(entry, entries);
            }
            return entries;
        } catch (PosixException e) {
            throw Complaint.of("list", path, e);
        }
    }

    private void add(StatEntry entry, List<SourceEntry> entries) {
        if (entry instanceof StatEntry.Found found) {
            entries.add(SourceEntry.of(found.name(), Stats.of(found.stat())));
        } else if (entry instanceof StatEntry.Failed failed && failed.errno() != Errno.ENOENT) {
            // A name that vanished since the listing (in a directory that is not frozen) was never there for us.
            String why = failed.errno() == Errno.OTHER
                    ? "error " + failed.number()
                    : failed.errno().text();
            entries.add(SourceEntry.unreadable(
                    failed.name(),
                    "cannot look at \"" + path.resolve(failed.name()) + "\": " + why
                            + " vs its metadata; it was left out; look at: zpool status -v"));
        }
    }

    @Override
    public synchronized List<NamedEntry> names() throws SourceException {
        try {
            List<NamedEntry> names = new ArrayList<>();
            for (RawDirEntry entry : posix.directories().list(fd)) {
                Optional<NodeType> type =
                        entry.kind() == FileKind.UNKNOWN ? Optional.empty() : Optional.of(Stats.type(entry.kind()));
                names.add(new NamedEntry(entry.name(), entry.inode(), type));
            }
            return names;
        } catch (PosixException e) {
            throw Complaint.of("list", path, e);
        }
    }

    @Override
    public SourceStat look(RawName name) throws SourceException {
        try {
            return Stats.of(posix.directories().statAt(fd, name));
        } catch (PosixException e) {
            throw Complaint.of("look at", path, name, e);
        }
    }

    @Override
    public SourceDir enter(RawName name) throws SourceException {
        try {
            Fd inner = posix.files().openAt(fd, name, DIRECTORY);
            return new PosixDir(posix, attributes, acls, inner, path.resolve(name));
        } catch (PosixException e) {
            throw Complaint.of("open directory", path, name, e);
        }
    }

    @Override
    public SourceFile open(RawName name) throws SourceException {
        Fd file = null;
        try {
            file = posix.files().openAt(fd, name, OpenFlags.SOURCE_FILE);
            FileKind kind = posix.directories().stat(file).kind();
            if (kind == FileKind.FILE) {
                PosixFile opened = new PosixFile(posix, attributes, this::acl, file, path, name);
                file = null;
                return opened;
            }
            throw new SourceException.FileUnreadable(
                    "cannot read file \"" + path.resolve(name) + "\": it is a "
                            + Stats.type(kind).text() + " vs a regular file; it was left out; "
                            + "nothing is to be done if it was just replaced",
                    null);
        } catch (PosixException e) {
            throw Complaint.of("open file", path, name, e);
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    @Override
    public byte[] readLink(RawName name) throws SourceException {
        try {
            return posix.nodes().readLinkAt(fd, name);
        } catch (PosixException e) {
            throw Complaint.of("read symbolic link", path, name, e);
        }
    }

    @Override
    public List<Xattr> xattrs(RawName name) throws SourceException {
        try {
            return attributes.of(fd, name);
        } catch (PosixException e) {
            throw Complaint.of("read the extended attributes of", path, name, e);
        }
    }

    @Override
    public List<Xattr> xattrs() throws SourceException {
        try {
            return attributes.of(fd);
        } catch (PosixException e) {
            throw Complaint.of("read the extended attributes of", path, e);
        }
    }

    @Override
    public Optional<String> nfs4Acl(RawName name, SourceStat stat) {
        return acls.of(fd, name, keepsAcls(), stat.mode());
    }

    @Override
    public Optional<String> nfs4Acl(SourceStat stat) {
        return acl(fd, stat);
    }

    /** Of this directory or a file in it, which are on one file system. */
    private Optional<String> acl(Fd file, SourceStat stat) {
        return acls.of(file, keepsAcls(), stat.mode());
    }

    private boolean keepsAcls() {
        Optional<Boolean> known = keepsAcls;
        if (known.isEmpty()) {
            known = Optional.of(acls.areKeptBy(fd));
            keepsAcls = known;
        }
        return known.get();
    }

    @Override
    public RightsModel rights() {
        return acls.model();
    }

    @Override
    public void close() {
        fd.close();
    }
}
