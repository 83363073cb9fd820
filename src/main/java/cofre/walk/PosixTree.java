package cofre.walk;

import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.TreeOpener;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Opens trees of this system. Thread-safe. */
public final class PosixTree implements TreeOpener {
    private static final Set<Errno> FORBIDDEN = Set.of(Errno.EACCES, Errno.EPERM);
    private static final Set<Errno> MISSING = Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ENAMETOOLONG);

    private final Posix posix;
    private final AttributeReader attributes;

    /** Opens by {@code posix}. */
    public PosixTree(Posix posix) {
        this.posix = posix;
        this.attributes = new AttributeReader(posix);
    }

    @Override
    public SourceDir open(RawPath absolute, Optional<String> expectedMountSource, String label) throws SourceException {
        Fd fd = openDirectory(absolute, expectedMountSource.isPresent(), label);
        try {
            if (expectedMountSource.isPresent()) {
                checkMounted(fd, absolute, expectedMountSource.get());
            }
            return new PosixDir(posix, attributes, AclReader.below(fd, posix.nfs4Acls()), fd, absolute);
        } catch (PosixException e) {
            fd.close();
            throw Complaint.of("ask for the rights of", absolute, e);
        } catch (SourceException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * The trailing {@code /.} makes the kernel mount a ZFS snapshot: {@code .zfs/snapshot/X} alone is a made-up directory
     * of the live file system.
     */
    private Fd openDirectory(RawPath absolute, boolean isSnapshot, String label) throws SourceException {
        byte[] path = absolute.bytes();
        byte[] itself = Arrays.copyOf(path, path.length + 2);
        itself[path.length] = '/';
        itself[path.length + 1] = '.';
        try {
            return posix.files().open(itself, OpenFlags.READ.directory().noAccessTime());
        } catch (PosixException e) {
            String actual = "cannot open " + label + " at \"" + absolute + "\": " + Complaint.text(e);
            if (FORBIDDEN.contains(e.errno())) {
                throw new SourceException.Refused(
                        actual + " vs permission to read; nothing was read; run cofre as root, or give it the right",
                        e);
            }
            if (isSnapshot) {
                throw new SourceException.SnapshotGone(
                        actual + " vs that snapshot; nothing was read; try: ls the same path as root", e);
            }
            if (MISSING.contains(e.errno())) {
                throw new SourceException.DatasetGone(
                        actual + " vs a directory; nothing was read; correct the path in the configuration", e);
            }
            throw new SourceException.NotReady(
                    actual + " vs a directory that can be opened; nothing was read; see the system's log", e);
        }
    }

    private void checkMounted(Fd fd, RawPath absolute, String expected) throws SourceException {
        Optional<String> actual;
        try {
            actual = posix.mounts().sourceOf(fd);
        } catch (IOException e) {
            throw new SourceException.ToolFailed(
                    "cannot find out what is mounted at \"" + absolute + "\": " + e.getMessage()
                            + " vs the system's list of mounts; nothing was read; see that /proc is mounted",
                    e);
        }
        if (!actual.equals(Optional.of(expected))) {
            throw new SourceException.SnapshotGone(
                    "cannot read snapshot " + expected + " at \"" + absolute + "\": mounted there is "
                            + actual.orElse("nothing the system tells") + " vs that snapshot; nothing was read; "
                            + "see why ZFS does not mount it: ls the same path as root",
                    null);
        }
    }
}
