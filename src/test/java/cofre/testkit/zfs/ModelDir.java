package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.format.RightsModel;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.source.NamedEntry;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import cofre.testkit.zfs.ModelFaults.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open directory of a {@link ModelSnapshot}. Lists in the order ZFS keeps entries in, which is no order. */
final class ModelDir implements SourceDir {
    private final ModelSnapshot snapshot;
    private final ModelObject dir;
    private final AtomicBoolean closed = new AtomicBoolean();

    ModelDir(ModelSnapshot snapshot, ModelObject dir) {
        this.snapshot = snapshot;
        this.dir = dir;
        snapshot.handles().incrementAndGet();
        snapshot.counts().enters.incrementAndGet();
    }

    @Override
    public SourceStat stat() {
        checkOpen();
        return snapshot.stat(dir);
    }

    @Override
    public List<SourceEntry> list() throws SourceException {
        checkOpen();
        snapshot.faults().check(dir.number, Kind.READ);
        snapshot.counts().lists.incrementAndGet();
        return Directories.inSearchOrder(dir).stream()
                .map(e -> snapshot.faults().has(e.getValue(), Kind.LOOK)
                        ? SourceEntry.unreadable(e.getKey(), "cannot look at " + e.getKey() + ": I/O error")
                        : SourceEntry.of(e.getKey(), snapshot.stat(snapshot.get(e.getValue()))))
                .toList();
    }

    @Override
    public List<NamedEntry> names() throws SourceException {
        checkOpen();
        snapshot.faults().check(dir.number, Kind.READ);
        snapshot.counts().names.incrementAndGet();
        return Directories.inSearchOrder(dir).stream()
                .map(e -> new NamedEntry(e.getKey(), e.getValue(), Optional.of(snapshot.get(e.getValue()).type)))
                .toList();
    }

    @Override
    public SourceStat look(RawName name) throws SourceException {
        ModelObject found = entry(name);
        snapshot.faults().check(found.number, Kind.LOOK);
        return snapshot.stat(found);
    }

    @Override
    public SourceDir enter(RawName name) throws SourceException {
        return new ModelDir(snapshot, entry(name, NodeType.DIR));
    }

    @Override
    public SourceFile open(RawName name) throws SourceException {
        return new ModelFile(snapshot, entry(name, NodeType.FILE));
    }

    @Override
    public byte[] readLink(RawName name) throws SourceException {
        return entry(name, NodeType.SYMLINK).target.clone();
    }

    @Override
    public List<Xattr> xattrs(RawName name) throws SourceException {
        return snapshot.xattrs(entry(name));
    }

    @Override
    public List<Xattr> xattrs() {
        checkOpen();
        return snapshot.xattrs(dir);
    }

    @Override
    public RightsModel rights() {
        return snapshot.faults().areRightsHidden() ? RightsModel.NONE : RightsModel.POSIX;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            snapshot.handles().decrementAndGet();
        }
    }

    private ModelObject entry(RawName name, NodeType wanted) throws SourceException {
        ModelObject found = entry(name);
        if (found.type != wanted) {
            throw new SourceException.FileUnreadable(
                    "cannot open " + name + ": it is a " + found.type.text() + " vs a " + wanted.text(), null);
        }
        snapshot.faults().check(found.number, Kind.OPEN);
        return found;
    }

    private ModelObject entry(RawName name) throws SourceException {
        checkOpen();
        Long number = dir.entries.get(name);
        if (number == null) {
            throw new SourceException.FileUnreadable("cannot open " + name + ": no such entry", null);
        }
        return snapshot.get(number);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("used after it was closed");
        }
    }
}
