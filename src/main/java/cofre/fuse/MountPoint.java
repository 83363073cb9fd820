package cofre.fuse;

import cofre.path.Display;
import cofre.path.RawName;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FuseDevice;
import cofre.posix.FuseSystem;
import cofre.posix.FuseSystem.Occupant;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory versions are mounted on. */
final class MountPoint {
    private static final Logger LOG = LoggerFactory.getLogger(MountPoint.class);
    private static final int MODE = 0755;
    /** Mounts of dead processes that may lie on top of each other. */
    private static final int MAX_STALE = 64;

    private final Posix posix;
    private final FuseSystem system;
    private final byte[] path;

    /** {@code path}: absolute, without a slash at its end. */
    MountPoint(Posix posix, byte[] path) {
        if (path.length < 2 || path[0] != '/' || path[path.length - 1] == '/') {
            throw new IllegalArgumentException("cannot mount on " + Display.quoted(path) + ": not an absolute path");
        }
        this.posix = posix;
        this.system = posix.fuse();
        this.path = path.clone();
    }

    /** Makes the directory when it is missing, and ends what a process of ours that died left mounted there. */
    void prepare() throws MountException {
        try {
            make();
            for (int i = 0; i < MAX_STALE && system.occupant(path) == Occupant.OURS; i++) {
                system.unmount(path);
                LOG.info("event=stale_mount_cleared point={}", this);
            }
            if (system.occupant(path) != Occupant.NOTHING) {
                throw new MountException.Occupied("cannot mount versions on " + this
                        + ": something else is mounted there vs nothing; it was left alone;"
                        + " unmount it, or configure another directory");
            }
            requireEmpty();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private void make() throws PosixException {
        int slash = path.length - 1;
        while (path[slash] != '/') {
            slash--;
        }
        byte[] parent = slash == 0 ? new byte[] {'/'} : Arrays.copyOf(path, slash);
        try (Fd above = posix.files().open(parent, OpenFlags.READ.directory())) {
            posix.nodes().mkdirAt(above, RawName.of(path, slash + 1, path.length - slash - 1), MODE);
        } catch (PosixException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    private void requireEmpty() throws PosixException, MountException {
        try (Fd directory = posix.files().open(path, OpenFlags.REAL_DIRECTORY)) {
            int entries = posix.directories().list(directory).size();
            if (entries > 0) {
                throw new MountException.Occupied("cannot mount versions on " + this + ": " + entries
                        + " entries vs an empty directory; nothing was hidden; empty it, or configure another one");
            }
        }
    }

    void mount(FuseDevice device, FuseSystem.Options options) throws MountException {
        try {
            system.mount(device, path, options);
        } catch (PosixException e) {
            if (e.errno() == Errno.EOPNOTSUPP && e.number() == 0) {
                throw new MountException.Unsupported(e.getMessage() + "; nothing was mounted; use a newer kernel");
            }
            throw refused(e);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private MountException refused(IOException e) {
        return new MountException.Refused(
                "cannot mount versions on " + this + ": " + e.getMessage()
                        + "; nothing was mounted; look whether FUSE is there and this program runs as root",
                e);
    }

    /** Whether the kernel reads ahead as far as it may ask for at once. */
    boolean readAhead(int bytes) {
        return system.readAhead(path, bytes);
    }

    /** Ends our mount if it is still there. */
    void unmount() {
        try {
            if (system.occupant(path) == Occupant.OURS) {
                system.unmount(path);
            }
        } catch (IOException e) {
            LOG.warn("event=unmount_failed point={} cause=\"{}\"", this, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return Display.quoted(path);
    }
}
