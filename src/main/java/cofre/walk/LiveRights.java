package cofre.walk;

import cofre.acl.AclFormatException;
import cofre.acl.Control;
import cofre.acl.Nfs4Acl;
import cofre.acl.PosixAcl;
import cofre.acl.Rights;
import cofre.browse.LiveShare;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileKind;
import cofre.posix.FileStat;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.XattrName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rights in the live shares of this system, looked up anew each time. Follows no link below a share's root. Thread-safe. */
public final class LiveRights implements LiveShare {
    private static final XattrName POSIX_ACL = XattrName.ofText("system.posix_acl_access");
    private static final XattrName WINDOWS = XattrName.ofText("security.NTACL");
    private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP);

    private final Posix posix;
    private final Function<String, Optional<RawPath>> roots;

    /** Of the shares whose live rights count: {@code roots} gives their live paths, and none for others. */
    public LiveRights(Posix posix, Function<String, Optional<RawPath>> roots) {
        this.posix = posix;
        this.roots = roots;
    }

    @Override
    public boolean counts(String share) {
        return roots.apply(share).isPresent();
    }

    @Override
    public Way way(String share, RawPath path) throws IOException {
        RawPath root = roots.apply(share)
                .orElseThrow(() -> new IOException("cannot look at live share " + share + ": its rights do not count"));
        List<Rights> rights = new ArrayList<>();
        Fd at = posix.files().open(root.bytes(), OpenFlags.READ.directory());
        try {
            rights.add(of(at));
            for (int i = 0; i < path.names().size(); i++) {
                boolean last = i == path.names().size() - 1;
                Optional<Fd> below = step(at, path.names().get(i), last, rights);
                if (below.isEmpty()) {
                    break;
                }
                at.close();
                at = below.get();
            }
            return new Way(rights, posix.xattrs().get(at, WINDOWS));
        } finally {
            at.close();
        }
    }

    /** One name further; empty when the way ends here, its rights added if it is there all the same. */
    private Optional<Fd> step(Fd above, RawName name, boolean last, List<Rights> rights) throws PosixException {
        try {
            FileStat stat = posix.directories().statAt(above, name);
            if (stat.isDirectory()) {
                Fd directory = posix.files().openAt(above, name, OpenFlags.REAL_DIRECTORY);
                return Optional.of(added(directory, rights));
            }
            if (!last) {
                return Optional.empty();
            }
            if (stat.kind() == FileKind.FILE) {
                return Optional.of(added(posix.files().openAt(above, name, OpenFlags.SOURCE_FILE), rights));
            }
            rights.add(rights(stat, Control.MODE_ONLY)); // a link, fifo or device has no list of its own
            return Optional.empty();
        } catch (PosixException e) {
            if (GONE.contains(e.errno())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Fd added(Fd file, List<Rights> rights) throws PosixException {
        try {
            rights.add(of(file));
            return file;
        } catch (PosixException e) {
            file.close();
            throw e;
        }
    }

    private Rights of(Fd file) throws PosixException {
        return rights(posix.directories().stat(file), control(file));
    }

    private static Rights rights(FileStat stat, Control control) {
        return new Rights(stat.uid(), stat.gid(), stat.mode(), stat.isDirectory(), control);
    }

    private Control control(Fd file) throws PosixException {
        try {
            if (posix.nfs4Acls().areKept()) {
                return nfs4(file);
            }
            Optional<byte[]> list = posix.xattrs().get(file, POSIX_ACL);
            return list.isPresent() ? new Control.Posix(PosixAcl.ofXattr(list.get())) : Control.MODE_ONLY;
        } catch (AclFormatException e) {
            return Control.UNKNOWN;
        }
    }

    /** A system that has them keeps POSIX lists of other file systems where nobody looks. */
    private Control nfs4(Fd file) throws PosixException, AclFormatException {
        return posix.nfs4Acls().areKeptBy(file)
                ? new Control.Nfs4(Nfs4Acl.ofStruct(posix.nfs4Acls().get(file)))
                : Control.UNKNOWN;
    }
}
