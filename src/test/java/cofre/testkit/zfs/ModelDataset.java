package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The live tree of a file system, and what a program may do to it by system calls. Paths are from its root. What cannot
 * be done throws {@link NotDone} and changes nothing. For one thread.
 */
public final class ModelDataset {
    /** Longest name ZFS takes, in bytes. */
    private static final int MAX_NAME = 255;

    private final ModelSettings settings;
    private final ModelTime time;
    private final ObjectTable table;
    private final ModelLinks links;
    private final ModelXattrs xattrs;
    private final ModelFaults faults = new ModelFaults();

    /**
     * A file system with an empty root directory.
     *
     * @param txg the open transaction group
     * @param clock what files' times follow
     */
    public ModelDataset(ModelSettings settings, LongSupplier txg, Clock clock) {
        this.settings = settings;
        this.time = new ModelTime(clock, settings.coarseClock());
        this.table = new ObjectTable(settings, txg);
        this.links = new ModelLinks(table, time);
        this.xattrs = new ModelXattrs(settings, table, links, time);
        ModelObject root = table.makeRoot(time.next());
        root.mode = 0755;
        root.parent = root.number;
        root.size = 2;
    }

    /** What it was made with. */
    public ModelSettings settings() {
        return settings;
    }

    /** What of it cannot be read, in its snapshots as well. */
    public ModelFaults faults() {
        return faults;
    }

    /** A regular file; there must be nothing of that name. */
    public void create(RawPath path, byte[] bytes) {
        ModelObject file = make(path, NodeType.FILE, 0644);
        if (bytes.length > 0) {
            write(path, 0, bytes);
        }
        file.mtime = file.ctime;
    }

    /** A directory. */
    public void mkdir(RawPath path) {
        make(path, NodeType.DIR, 0755).size = 2;
    }

    /** A symbolic link. */
    public void symlink(RawPath path, byte[] target) {
        ModelObject link = make(path, NodeType.SYMLINK, 0777);
        link.target = target.clone();
        link.size = target.length;
    }

    /** A fifo, socket or device. */
    public void mknod(RawPath path, NodeType kind, long device) {
        make(path, kind, 0644).device = device;
    }

    private ModelObject make(RawPath path, NodeType type, int mode) {
        ModelObject dir = links.directoryOf(path);
        RawName name = links.free(dir, path);
        if (name.length() > MAX_NAME) {
            throw new NotDone("name too long: " + path);
        }
        ModelObject made = table.make(type, time.next(), false);
        made.mode = mode;
        made.uid = 1001;
        made.gid = 1001;
        links.add(dir.number, name, made.number, made.ctime);
        return made;
    }

    /** Writes into a regular file, which grows when that ends behind its end. A whole block's array is kept, not copied. */
    public void write(RawPath path, long offset, byte[] bytes) {
        writeOpen(fileAt(path).number, offset, bytes);
    }

    /** As {@link #write}, by number: through an open file that may have no name any more. */
    public void writeOpen(long number, long offset, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ModelObject file = table.edit(number);
        file.content.growTo(offset + bytes.length, settings.recordSize(), table.txg());
        file.content.write(offset, bytes, settings.zerosBecomeHoles(), table.txg());
        file.size = Math.max(file.size, offset + bytes.length);
        modified(file);
    }

    /** Cuts a regular file off, or makes it longer with a hole. */
    public void truncate(RawPath path, long size) {
        ModelObject file = table.edit(fileAt(path).number);
        if (size < file.size) {
            file.content.truncate(size, settings.zerosBecomeHoles(), table.txg());
        } else {
            file.content.growTo(size, settings.recordSize(), table.txg());
        }
        file.size = size;
        modified(file);
    }

    /** Makes a hole; the size stays. */
    public void punch(RawPath path, long offset, long length) {
        ModelObject file = table.edit(fileAt(path).number);
        file.content.free(offset, offset + length, settings.zerosBecomeHoles(), table.txg());
        modified(file);
    }

    /** One more name for what is no directory. */
    public void link(RawPath existing, RawPath path) {
        ModelObject object = find(existing);
        if (object.isDir()) {
            throw new NotDone("is a directory: " + existing);
        }
        ModelObject dir = links.directoryOf(path);
        RawName name = links.free(dir, path);
        Instant now = time.next();
        ModelObject linked = table.edit(object.number);
        linked.links++;
        linked.ctime = now;
        links.add(dir.number, name, object.number, now);
    }

    /** Takes a name away; with the last, the object, unless it is open. */
    public void unlink(RawPath path) {
        if (find(path).isDir()) {
            throw new NotDone("is a directory: " + path);
        }
        links.remove(path);
    }

    /** Removes an empty directory. */
    public void rmdir(RawPath path) {
        ModelObject dir = find(path);
        if (!dir.isDir() || !dir.entries.isEmpty() || path.isRoot()) {
            throw new NotDone("not an empty directory: " + path);
        }
        links.remove(path);
    }

    /** Renames, over what has the new name, which must be of a kind that allows it. */
    public void rename(RawPath from, RawPath to) {
        links.rename(from, to);
    }

    /** Permission bits. */
    public void chmod(RawPath path, int mode) {
        change(path, object -> object.mode = mode);
    }

    /** Owner and group. */
    public void chown(RawPath path, long uid, long gid) {
        change(path, object -> {
            object.uid = uid;
            object.gid = gid;
        });
    }

    /** The modification time, to any moment. */
    public void utimes(RawPath path, Instant mtime) {
        change(path, object -> object.mtime = mtime);
    }

    /** The access time alone: it is written, and the ctime stays. */
    public void touchAtime(RawPath path) {
        table.edit(find(path).number).atime = time.next();
    }

    /** Sets an extended attribute. */
    public void setXattr(RawPath path, String name, byte[] value) {
        xattrs.set(find(path).number, name, value);
    }

    /** Removes an extended attribute. */
    public void removeXattr(RawPath path, String name) {
        xattrs.remove(find(path).number, name);
    }

    /** Opens a regular file: it stays, without a name if need be, until it is closed. Gives its number. */
    public long open(RawPath path) {
        return links.open(fileAt(path).number);
    }

    /** Closes one that was opened. */
    public void close(long number) {
        links.close(number);
    }

    /** The number of what is there. */
    public long numberOf(RawPath path) {
        return find(path).number;
    }

    /** Whether there is a directory of that path. */
    public boolean isDirectory(RawPath path) {
        return find(path).isDir();
    }

    /** Names in a directory, ordered by bytes. */
    public List<RawName> namesIn(RawPath directory) {
        return List.copyOf(find(directory).entries.keySet());
    }

    /** The directory something remembers as its parent, right or wrong. */
    public long rememberedParent(RawPath path) {
        return find(path).parent;
    }

    /** The moment of its last change, or now if that is later. */
    public Instant now() {
        return time.now();
    }

    /** The tree as it is now. */
    public ModelSnapshot snapshot() {
        return new ModelSnapshot(table.freeze(), faults);
    }

    /** Makes the tree what it was; open files are closed. */
    public void rollback(ModelSnapshot then) {
        table.thaw(then.objects());
        links.forgetOpen();
    }

    ObjectsAt live() {
        return table.freeze();
    }

    private void change(RawPath path, Consumer<ModelObject> change) {
        ModelObject object = table.edit(find(path).number);
        change.accept(object);
        object.ctime = time.next();
    }

    private void modified(ModelObject file) {
        file.ctime = time.next();
        file.mtime = file.ctime;
    }

    private ModelObject fileAt(RawPath path) {
        ModelObject object = find(path);
        if (object.type != NodeType.FILE) {
            throw new NotDone("not a regular file: " + path);
        }
        return object;
    }

    private ModelObject find(RawPath path) {
        return links.find(path);
    }
}
