package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of objects in directories. Every link made changes the parent an object remembers; none taken away does. */
final class ModelLinks {
    private final ObjectTable table;
    private final ModelTime time;
    private final Map<Long, Integer> open = new HashMap<>();

    ModelLinks(ObjectTable table, ModelTime time) {
        this.table = table;
        this.time = time;
    }

    ModelObject find(RawPath path) {
        ModelObject at = table.get(ObjectTable.ROOT);
        for (RawName name : path.names()) {
            Long number = at.entries.get(name);
            if (number == null) {
                throw new NotDone("no such entry: " + path);
            }
            at = table.get(number);
        }
        return at;
    }

    ModelObject directoryOf(RawPath path) {
        if (path.isRoot()) {
            throw new NotDone("the root has no name");
        }
        List<RawName> names = path.names();
        ModelObject dir = find(new RawPath(names.subList(0, names.size() - 1)));
        if (!dir.isDir()) {
            throw new NotDone("not a directory above: " + path);
        }
        return dir;
    }

    static RawName nameOf(RawPath path) {
        return path.names().get(path.names().size() - 1);
    }

    RawName free(ModelObject dir, RawPath path) {
        if (dir.entries.containsKey(nameOf(path))) {
            throw new NotDone("exists: " + path);
        }
        return nameOf(path);
    }

    void add(long dirNumber, RawName name, long number, Instant now) {
        ModelObject dir = table.edit(dirNumber);
        ModelObject object = table.edit(number);
        object.parent = dirNumber;
        dir.entries.put(name, number);
        changed(dir, 1, object.isDir() ? 1 : 0, now);
    }

    private void takeAway(long dirNumber, RawName name, Instant now) {
        ModelObject dir = table.edit(dirNumber);
        long number = dir.entries.remove(name);
        changed(dir, -1, table.get(number).isDir() ? -1 : 0, now);
    }

    private void changed(ModelObject dir, int entries, int subdirectories, Instant now) {
        dir.size += entries;
        dir.links += subdirectories;
        dir.mtime = now;
        dir.ctime = now;
        dir.content.write(0, Directories.block(dir.entries, dir.content.blockSize()), false, table.txg());
    }

    void remove(RawPath path) {
        ModelObject dir = directoryOf(path);
        long number = find(path).number;
        Instant now = time.next();
        takeAway(dir.number, nameOf(path), now);
        unlinked(number, now);
    }

    private void unlinked(long number, Instant now) {
        ModelObject object = table.edit(number);
        if (!object.isDir() && object.links > 1) {
            object.links--;
            object.ctime = now;
            return;
        }
        object.links = 0;
        table.dirtyInternal(ObjectTable.UNLINKED_SET);
        if (!open.containsKey(number)) {
            free(object);
        }
    }

    private void free(ModelObject object) {
        if (object.attributes != 0) {
            List.copyOf(table.get(object.attributes).entries.values()).forEach(table::free);
            table.free(object.attributes);
        }
        table.free(object.number);
    }

    void rename(RawPath from, RawPath to) {
        ModelObject source = find(from);
        ModelObject fromDir = directoryOf(from);
        ModelObject toDir = directoryOf(to);
        Long there = toDir.entries.get(nameOf(to));
        if (there != null && there == source.number) {
            return;
        }
        if (to.startsWith(from)) {
            throw new NotDone("below itself: " + to);
        }
        if (there != null) {
            checkReplaceable(source, table.get(there), to);
        }
        Instant now = time.next();
        if (there != null) {
            takeAway(toDir.number, nameOf(to), now);
        }
        takeAway(fromDir.number, nameOf(from), now);
        add(toDir.number, nameOf(to), source.number, now);
        table.edit(source.number).ctime = now;
        if (there != null) {
            unlinked(there, now);
        }
    }

    private static void checkReplaceable(ModelObject source, ModelObject target, RawPath to) {
        if (source.isDir() != target.isDir() || (target.isDir() && !target.entries.isEmpty())) {
            throw new NotDone("cannot be replaced by that: " + to);
        }
    }

    long open(long number) {
        open.merge(number, 1, Integer::sum);
        return number;
    }

    void close(long number) {
        if (!open.containsKey(number)) {
            throw new NotDone("not open: " + number);
        }
        if (open.merge(number, -1, Integer::sum) == 0) {
            open.remove(number);
            ModelObject object = table.get(number);
            if (object.links == 0) {
                table.dirtyInternal(ObjectTable.UNLINKED_SET);
                free(object);
            }
        }
    }

    void forgetOpen() {
        open.clear();
        table.objects().values().stream()
                .filter(o -> o.links == 0 && o.type == NodeType.FILE)
                .toList()
                .forEach(this::free);
    }
}
