package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.testkit.zfs.ModelSettings.XattrPlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Extended attributes: with the file, or each in a hidden file of its own. */
final class ModelXattrs {
    private final ModelSettings settings;
    private final ObjectTable table;
    private final ModelLinks links;
    private final ModelTime time;

    ModelXattrs(ModelSettings settings, ObjectTable table, ModelLinks links, ModelTime time) {
        this.settings = settings;
        this.table = table;
        this.links = links;
        this.time = time;
    }

    void set(long number, String name, byte[] value) {
        if (settings.xattrs() == XattrPlace.SYSTEM_ATTRIBUTE) {
            ModelObject object = table.edit(number);
            object.xattrs.put(name, value.clone());
            object.ctime = time.next();
            object.spillBirth = table.txg();
            return;
        }
        RawName hidden = RawName.ofText(name);
        ModelObject dir = table.get(directory(number));
        Long old = dir.entries.get(hidden);
        ModelObject file = old == null ? child(dir.number, hidden) : table.edit(old);
        file.content = new ModelContent();
        file.content.growTo(value.length, settings.recordSize(), table.txg());
        file.content.write(0, value.clone(), settings.zerosBecomeHoles(), table.txg());
        file.size = value.length;
        file.ctime = time.next();
        file.mtime = file.ctime;
        touch(number);
    }

    void remove(long number, String name) {
        ModelObject object = table.get(number);
        if (settings.xattrs() == XattrPlace.SYSTEM_ATTRIBUTE) {
            if (!object.xattrs.containsKey(name)) {
                throw new NotDone("no such attribute: " + name);
            }
            ModelObject changed = table.edit(number);
            changed.xattrs.remove(name);
            changed.ctime = time.next();
            changed.spillBirth = table.txg();
            return;
        }
        RawName hidden = RawName.ofText(name);
        if (object.attributes == 0 || !table.get(object.attributes).entries.containsKey(hidden)) {
            throw new NotDone("no such attribute: " + name);
        }
        ModelObject dir = table.edit(object.attributes);
        table.free(dir.entries.remove(hidden));
        touched(dir, time.next());
        touch(number);
    }

    /** The hidden directory of an object, made when there is none: then the object itself is written too. */
    private long directory(long number) {
        ModelObject object = table.get(number);
        if (object.attributes != 0) {
            return object.attributes;
        }
        ModelObject dir = table.make(NodeType.DIR, time.next(), true);
        dir.mode = 0755;
        dir.size = 2;
        dir.parent = number;
        table.edit(number).attributes = dir.number;
        return dir.number;
    }

    private ModelObject child(long dirNumber, RawName name) {
        ModelObject made = table.make(NodeType.FILE, time.next(), true);
        made.mode = 0644;
        links.add(dirNumber, name, made.number, made.ctime);
        return made;
    }

    private void touch(long number) {
        if (settings.xattrTouchesFile()) {
            table.edit(number).ctime = time.next();
        }
    }

    private void touched(ModelObject dir, Instant now) {
        dir.size--;
        dir.ctime = now;
        dir.mtime = now;
        dir.content.write(0, Directories.block(dir.entries, dir.content.blockSize()), false, table.txg());
    }

    /** The attributes of an object in a snapshot. */
    static SortedMap<String, byte[]> of(ObjectsAt objects, ModelObject object) {
        TreeMap<String, byte[]> found = new TreeMap<>(object.xattrs);
        if (object.attributes != 0) {
            objects.get(object.attributes).entries.forEach((name, number) -> {
                ModelObject file = objects.get(number);
                byte[] value = new byte[Math.toIntExact(file.size)];
                file.content.read(0, value, 0, value.length);
                found.put(new String(name.bytes(), StandardCharsets.UTF_8), value);
            });
        }
        return found;
    }
}
