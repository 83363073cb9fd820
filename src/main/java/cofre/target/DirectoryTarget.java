package cofre.target;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileStat;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.restore.RestoreTarget;
import cofre.restore.TargetDir;
import cofre.restore.TargetException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A directory of this system. It is made when it is not there, with those above it. It must not itself be a symbolic
 * link, as nobody knows where that leads tomorrow; on the way to it links are followed.
 */
public final class DirectoryTarget implements RestoreTarget {
    /** Far below any system's limit of open files, far above what threads use at once. */
    private static final int OPEN_SPOTS = 256;

    private static final int PRIVATE = 0700;
    private static final int PLAIN = 0755;

    private final Posix posix;
    private final RawPath path;
    private final LongSupplier random;
    private final OpenSpots spots;
    private Fd root;

    /**
     * For one restore.
     *
     * @param path absolute
     * @param random for the names of partials
     */
    public DirectoryTarget(Posix posix, RawPath path, LongSupplier random) {
        this(posix, path, random, OPEN_SPOTS);
    }

    DirectoryTarget(Posix posix, RawPath path, LongSupplier random, int openSpots) {
        this.posix = posix;
        this.path = path;
        this.random = random;
        this.spots = new OpenSpots(posix, openSpots);
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public TargetDir openRoot(String label) throws TargetException {
        try {
            boolean isNew = makeWay();
            return root(open(), isNew, new PartialNames(label, random.getAsLong()), true);
        } catch (PosixException e) {
            throw unusable(e);
        }
    }

    @Override
    public Optional<TargetDir> lookAtRoot() throws TargetException {
        try {
            return Optional.of(root(open(), false, new PartialNames("", 0), false));
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw unusable(e);
        }
    }

    private Fd open() throws PosixException {
        return posix.files().open(path.bytes(), OpenFlags.REAL_DIRECTORY);
    }

    private TargetDir root(Fd fd, boolean isNew, PartialNames partials, boolean writable) throws PosixException {
        root = fd;
        FileStat stat = posix.directories().stat(fd);
        Spot spot = new Spot(null, null, true, stat);
        OpenSpots.Lease lease = spots.adopt(spot, fd);
        TargetRoom room = new TargetRoom(posix, spots, partials, new MetadataSetter(posix), writable);
        lease.close();
        return new PosixTargetDir(room, spot, isNew);
    }

    /** Makes what is missing of the path; whether that was the target itself. */
    private boolean makeWay() throws PosixException {
        try {
            open().close();
            return false;
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT || path.isRoot()) {
                throw e;
            }
        }
        Fd at = posix.files().open(RawPath.ROOT.bytes(), OpenFlags.READ.directory());
        try {
            boolean made = false;
            int last = path.names().size() - 1;
            for (int i = 0; i <= last; i++) {
                RawName name = path.names().get(i);
                made = made(at, name, i == last ? PRIVATE : PLAIN);
                Fd next = posix.files()
                        .openAt(at, name, i == last ? OpenFlags.REAL_DIRECTORY : OpenFlags.READ.directory());
                at.close();
                at = next;
            }
            return made;
        } finally {
            at.close();
        }
    }

    private boolean made(Fd dir, RawName name, int mode) throws PosixException {
        try {
            posix.nodes().mkdirAt(dir, name, mode);
            return true;
        } catch (PosixException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw e;
        }
    }

    private TargetException unusable(PosixException e) {
        boolean link = e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP;
        return new TargetException.Unusable(
                "cannot restore to \"" + path + "\": " + Faults.text(e) + " vs a directory"
                        + (link ? " itself, not a link to one" : "") + "; nothing was restored; give another target",
                e);
    }

    /** How many descriptors are held, for tests. */
    int openCount() {
        return spots.openCount();
    }

    @Override
    public void close() {
        spots.close();
        if (root != null) {
            root.close();
        }
    }
}
