package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.source.SourceDir;
import cofre.source.SourceStat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A tree that does not change any more. Thread-safe. */
public final class ModelSnapshot {
    /** What the root of a snapshot below {@code .zfs} says its number is. */
    static final long ROOT_SEEN_AS = 281_474_976_710_632L;

    private final ObjectsAt objects;
    private final ModelFaults faults;
    private final AccessCounts counts = new AccessCounts();
    private final AtomicInteger handles = new AtomicInteger();

    ModelSnapshot(ObjectsAt objects, ModelFaults faults) {
        this.objects = objects;
        this.faults = faults;
    }

    /** Opens the root, as {@code .zfs/snapshot/…/.}. */
    public SourceDir open() {
        return new ModelDir(this, objects.get(ObjectTable.ROOT));
    }

    /** What was asked of its files. */
    public AccessCounts counts() {
        return counts;
    }

    /** Directories and files that are open now. */
    public int openHandles() {
        return handles.get();
    }

    /** Number of objects that are not ZFS's own, those without a name included. */
    public int size() {
        return objects.objects().size();
    }

    ObjectsAt objects() {
        return objects;
    }

    AtomicInteger handles() {
        return handles;
    }

    ModelFaults faults() {
        return faults;
    }

    ModelObject get(long number) {
        return objects.get(number);
    }

    SourceStat stat(ModelObject object) {
        counts.looks.incrementAndGet();
        return new SourceStat(
                object.type,
                object.mode,
                object.uid,
                object.gid,
                object.number == ObjectTable.ROOT ? ROOT_SEEN_AS : object.number,
                object.links,
                object.size,
                object.type == NodeType.FILE ? object.content.allocated() : 512,
                object.device,
                object.mtime,
                object.ctime,
                object.atime,
                object.crtime,
                "");
    }

    List<Xattr> xattrs(ModelObject object) {
        counts.xattrs.incrementAndGet();
        return ModelXattrs.of(objects, object).entrySet().stream()
                .map(e -> new Xattr(e.getKey().getBytes(StandardCharsets.UTF_8), e.getValue()))
                .sorted()
                .toList();
    }
}
