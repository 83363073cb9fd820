package cofre.target;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileFlags;
import cofre.posix.FileKind;
import cofre.posix.FileStat;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.StatEntry;
import cofre.restore.Lack;
import cofre.restore.TargetDir;
import cofre.restore.TargetEntry;
import cofre.restore.TargetException;
import cofre.restore.TargetFile;
import cofre.restore.TargetReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link TargetDir} by descriptors. */
final class PosixTargetDir implements TargetDir {
    /** Nobody else may look into what is not finished. */
    private static final int PRIVATE_DIRECTORY = 0700;

    private static final int PRIVATE_FILE = 0600;

    private final TargetRoom room;
    private final Posix posix;
    private final Spot spot;
    private final boolean isNew;

    PosixTargetDir(TargetRoom room, Spot spot, boolean isNew) {
        this.room = room;
        this.posix = room.posix();
        this.spot = spot;
        this.isNew = isNew;
    }

    @Override
    public RawPath path() {
        return spot.path();
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    /** A step with the directory open. */
    @FunctionalInterface
    private interface Step<T> {
        T run(Fd dir) throws PosixException, TargetException;
    }

    private <T> T at(String doing, RawName name, Step<T> step) throws TargetException {
        try (OpenSpots.Lease lease = room.spots().lease(spot)) {
            return step.run(lease.fd());
        } catch (PosixException e) {
            throw Faults.entry(doing, path().resolve(name), e);
        }
    }

    private <T> T here(String doing, Step<T> step) throws TargetException {
        try (OpenSpots.Lease lease = room.spots().lease(spot)) {
            return step.run(lease.fd());
        } catch (PosixException e) {
            throw Faults.entry(doing, path(), e);
        }
    }

    @Override
    public Map<RawName, TargetEntry> list() throws TargetException {
        return here("list", dir -> {
            Map<RawName, TargetEntry> entries = new HashMap<>();
            for (StatEntry entry : posix.directories().listWithStat(dir)) {
                if (entry instanceof StatEntry.Found found && !isSwept(dir, found)) {
                    entries.put(found.name(), Entries.of(found.stat()));
                }
            }
            return entries;
        });
    }

    /** Partials are never directories. */
    private boolean isSwept(Fd dir, StatEntry.Found found) throws PosixException {
        if (!room.writable()
                || !room.partials().isLeftover(found.name())
                || found.stat().isDirectory()) {
            return false;
        }
        room.metadata().flags().freeAt(dir, found.name());
        posix.nodes().unlinkAt(dir, found.name());
        return true;
    }

    @Override
    public TargetEntry look(RawName name) throws TargetException {
        return at("look at", name, dir -> Entries.of(posix.directories().statAt(dir, name)));
    }

    @Override
    public TargetDir open(RawName name) throws TargetException {
        return at("open directory", name, dir -> opened(dir, name, false));
    }

    @Override
    public TargetDir make(RawName name) throws TargetException {
        return at("make directory", name, dir -> {
            posix.nodes().mkdirAt(dir, name, PRIVATE_DIRECTORY);
            return opened(dir, name, true);
        });
    }

    private TargetDir opened(Fd dir, RawName name, boolean made) throws PosixException {
        Fd fd = posix.files().openAt(dir, name, OpenFlags.REAL_DIRECTORY);
        FileStat stat = stat(fd);
        if (room.writable() && FileFlags.block(stat.flags())) {
            free(fd);
        }
        Spot below = new Spot(spot, name, true, stat);
        room.spots().adopt(below, fd).close();
        return new PosixTargetDir(room, below, made);
    }

    /** An immutable directory lets nobody change what it holds; it gets its flags again with its other metadata. */
    private void free(Fd fd) throws PosixException {
        try {
            room.metadata().flags().free(fd);
        } catch (PosixException e) {
            fd.close();
            throw e;
        }
    }

    private FileStat stat(Fd fd) throws PosixException {
        try {
            return posix.directories().stat(fd);
        } catch (PosixException e) {
            fd.close();
            throw e;
        }
    }

    @Override
    public void remove(RawName name, TargetEntry listed) throws TargetException {
        at("remove", name, dir -> {
            room.metadata().flags().freeAt(dir, name);
            if (listed.type() == NodeType.DIR) {
                posix.nodes().removeDirAt(dir, name);
            } else {
                posix.nodes().unlinkAt(dir, name);
            }
            return null;
        });
    }

    @Override
    public TargetFile create(RawName name) throws TargetException {
        return at("create", name, dir -> {
            RawName partial = room.partials().next();
            Fd fd = posix.files().openAt(dir, partial, OpenFlags.NEW_FILE, PRIVATE_FILE);
            Spot file = new Spot(spot, partial, false, stat(fd));
            room.spots().adopt(file, fd).close();
            return new PosixTargetFile(room, spot, file, name);
        });
    }

    @Override
    public List<Lack> place(RawName name, Node.Body body, Metadata metadata) throws TargetException {
        return at("make", name, dir -> {
            RawName partial = room.partials().next();
            make(dir, partial, body);
            try {
                List<Lack> lacks = room.metadata().setAt(dir, partial, body.type(), path().resolve(name), metadata);
                room.replace(dir, partial, dir, name);
                return lacks;
            } catch (PosixException e) {
                unlinkQuietly(dir, partial);
                throw e;
            }
        });
    }

    private void make(Fd dir, RawName partial, Node.Body body) throws PosixException {
        if (body instanceof Node.SymlinkBody link) {
            posix.nodes().symlinkAt(link.target(), dir, partial);
        } else if (body instanceof Node.DeviceBody device) {
            FileKind kind = device.type() == NodeType.BLOCK_DEVICE ? FileKind.BLOCK_DEVICE : FileKind.CHARACTER_DEVICE;
            posix.nodes().mknodAt(dir, partial, kind, PRIVATE_FILE, device.device());
        } else if (body.type() == NodeType.FIFO) {
            posix.nodes().mkfifoAt(dir, partial, PRIVATE_FILE);
        } else {
            throw new IllegalArgumentException("cannot place a " + body.type().text());
        }
    }

    private void unlinkQuietly(Fd dir, RawName partial) {
        try {
            posix.nodes().unlinkAt(dir, partial);
        } catch (PosixException e) {
            // the complaint that led here says more; the next run of this restore removes it
        }
    }

    @Override
    public void link(TargetDir from, RawName existing, RawName name) throws TargetException {
        Spot source = ((PosixTargetDir) from).spot;
        try (OpenSpots.Lease lease = room.spots().lease(source)) {
            at("link", name, dir -> {
                link(lease.fd(), existing, dir, name);
                return null;
            });
        }
    }

    /** A rename of one name of a file onto another of the same does nothing, so that case is seen first. */
    private void link(Fd from, RawName existing, Fd dir, RawName name) throws PosixException {
        try {
            posix.nodes().linkAt(from, existing, dir, name);
        } catch (PosixException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            FileStat there = posix.directories().statAt(dir, name);
            if (!there.isSameFileAs(posix.directories().statAt(from, existing))) {
                replaceByLink(from, existing, dir, name);
            }
        }
    }

    private void replaceByLink(Fd from, RawName existing, Fd dir, RawName name) throws PosixException {
        RawName partial = room.partials().next();
        posix.nodes().linkAt(from, existing, dir, partial);
        try {
            room.replace(dir, partial, dir, name);
        } catch (PosixException e) {
            unlinkQuietly(dir, partial);
            throw e;
        }
    }

    /** A file with a further name is left alone: that name may lie outside of the target. */
    @Override
    public List<Lack> adjust(RawName name, Metadata metadata) throws TargetException {
        return at("set metadata of", name, dir -> {
            try (Fd file = openFile(dir, name)) {
                return posix.directories().stat(file).links() > 1
                        ? List.of()
                        : room.metadata().set(file, path().resolve(name), metadata);
            }
        });
    }

    private Fd openFile(Fd dir, RawName name) throws PosixException, TargetException {
        Fd file = posix.files().openAt(dir, name, OpenFlags.SOURCE_FILE);
        if (stat(file).kind() != FileKind.FILE) {
            file.close();
            throw Faults.replaced(path().resolve(name));
        }
        return file;
    }

    @Override
    public List<Lack> adjust(Metadata metadata) throws TargetException {
        return here("set metadata of", dir -> room.metadata().set(dir, path(), metadata));
    }

    @Override
    public TargetReader read(RawName name) throws TargetException {
        return at(
                "read",
                name,
                dir -> new PosixReader(posix, room.metadata(), openFile(dir, name), path().resolve(name)));
    }

    @Override
    public TargetEntry entry() throws TargetException {
        return here("look at", dir -> Entries.of(posix.directories().stat(dir)));
    }

    @Override
    public boolean has(Xattr attribute) throws TargetException {
        return here("read attributes of", dir -> room.metadata().has(dir, attribute));
    }

    @Override
    public void release() {
        room.spots().drop(spot);
    }
}
