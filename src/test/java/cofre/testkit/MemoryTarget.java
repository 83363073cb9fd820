package cofre.testkit;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.restore.Lack;
import cofre.restore.RestoreTarget;
import cofre.restore.TargetDir;
import cofre.restore.TargetEntry;
import cofre.restore.TargetException;
import cofre.restore.TargetFile;
import cofre.restore.TargetReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A target in memory: does what a directory does. All steps are under one lock. */
public final class MemoryTarget implements RestoreTarget {
    private static final String PARTIAL = ".cofre-restore-";

    private final Item root = new Item(NodeType.DIR);
    private boolean exists;
    private String label = "";
    private long partials;

    /** What a name stands for; several names may stand for one. */
    private static final class Item {
        final NodeType type;
        final Map<RawName, Item> children = new HashMap<>();
        byte[] content = {};
        Metadata metadata;
        Instant mtime = Instant.EPOCH;
        int links = 1;

        Item(NodeType type) {
            this.type = type;
        }

        TargetEntry entry() {
            return new TargetEntry(
                    type,
                    metadata == null ? 0700 : metadata.mode(),
                    metadata == null ? 0 : metadata.uid(),
                    metadata == null ? 0 : metadata.gid(),
                    links,
                    content.length,
                    mtime,
                    this);
        }

        void set(Metadata wanted) {
            metadata = wanted;
            mtime = wanted.mtime();
        }

        boolean has(Xattr attribute) {
            return metadata != null && metadata.xattrs().contains(attribute);
        }
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public synchronized TargetDir openRoot(String restore) {
        boolean isNew = !exists;
        exists = true;
        label = restore;
        return new Dir(RawPath.ROOT, root, isNew, true);
    }

    @Override
    public synchronized Optional<TargetDir> lookAtRoot() {
        return exists ? Optional.of(new Dir(RawPath.ROOT, root, false, false)) : Optional.empty();
    }

    @Override
    public void close() {}

    private final class Dir implements TargetDir {
        private final RawPath path;
        private final Item item;
        private final boolean isNew;
        private final boolean writable;

        Dir(RawPath path, Item item, boolean isNew, boolean writable) {
            this.path = path;
            this.item = item;
            this.isNew = isNew;
            this.writable = writable;
        }

        @Override
        public RawPath path() {
            return path;
        }

        @Override
        public boolean isNew() {
            return isNew;
        }

        @Override
        public Map<RawName, TargetEntry> list() {
            synchronized (MemoryTarget.this) {
                if (writable) {
                    item.children.keySet().removeIf(name -> name.toString().startsWith(PARTIAL + label + "-"));
                }
                Map<RawName, TargetEntry> entries = new HashMap<>();
                item.children.forEach((name, child) -> entries.put(name, child.entry()));
                return entries;
            }
        }

        @Override
        public TargetEntry look(RawName name) throws TargetException {
            synchronized (MemoryTarget.this) {
                return child(name).entry();
            }
        }

        private Item child(RawName name) throws TargetException {
            Item child = item.children.get(name);
            if (child == null) {
                throw refused("cannot find \"" + name + "\"");
            }
            return child;
        }

        private Item child(RawName name, NodeType type) throws TargetException {
            Item child = child(name);
            if (child.type != type) {
                throw refused("cannot open \"" + name + "\": " + child.type.text() + " vs " + type.text());
            }
            return child;
        }

        private static TargetException refused(String why) {
            return new TargetException.Entry(why, null);
        }

        @Override
        public TargetDir open(RawName name) throws TargetException {
            synchronized (MemoryTarget.this) {
                return new Dir(path.resolve(name), child(name, NodeType.DIR), false, writable);
            }
        }

        @Override
        public TargetDir make(RawName name) throws TargetException {
            synchronized (MemoryTarget.this) {
                Item made = new Item(NodeType.DIR);
                if (item.children.putIfAbsent(name, made) != null) {
                    throw refused("cannot make \"" + name + "\": it is there");
                }
                return new Dir(path.resolve(name), made, true, writable);
            }
        }

        @Override
        public void remove(RawName name, TargetEntry listed) throws TargetException {
            synchronized (MemoryTarget.this) {
                Item child = child(name);
                boolean directory = child.type == NodeType.DIR;
                if (directory != (listed.type() == NodeType.DIR) || !child.children.isEmpty()) {
                    throw refused("cannot remove \"" + name + "\": directory not empty, or something else");
                }
                item.children.remove(name).links--;
            }
        }

        private void replace(RawName name, Item by) throws TargetException {
            Item there = item.children.get(name);
            if (there != null && there.type == NodeType.DIR) {
                throw refused("cannot replace \"" + name + "\": it is a directory");
            }
            if (there != null) {
                there.links--;
            }
            item.children.put(name, by);
        }

        @Override
        public TargetFile create(RawName name) {
            synchronized (MemoryTarget.this) {
                RawName partial = RawName.ofText(PARTIAL + label + "-" + partials++);
                Item made = new Item(NodeType.FILE);
                item.children.put(partial, made);
                return new Partial(this, partial, made, name);
            }
        }

        @Override
        public List<Lack> place(RawName name, Node.Body body, Metadata metadata) throws TargetException {
            synchronized (MemoryTarget.this) {
                Item made = new Item(body.type());
                made.set(metadata);
                replace(name, made);
                return List.of();
            }
        }

        @Override
        public void link(TargetDir from, RawName existing, RawName name) throws TargetException {
            synchronized (MemoryTarget.this) {
                Item source = ((Dir) from).child(existing);
                if (item.children.get(name) != source) {
                    replace(name, source);
                    source.links++;
                }
            }
        }

        @Override
        public List<Lack> adjust(RawName name, Metadata metadata) throws TargetException {
            synchronized (MemoryTarget.this) {
                Item file = child(name, NodeType.FILE);
                if (file.links == 1) {
                    file.set(metadata);
                }
                return List.of();
            }
        }

        @Override
        public List<Lack> adjust(Metadata metadata) {
            synchronized (MemoryTarget.this) {
                item.set(metadata);
                return List.of();
            }
        }

        @Override
        public TargetReader read(RawName name) throws TargetException {
            synchronized (MemoryTarget.this) {
                return new Reader(child(name, NodeType.FILE));
            }
        }

        @Override
        public TargetEntry entry() {
            synchronized (MemoryTarget.this) {
                return item.entry();
            }
        }

        @Override
        public boolean has(Xattr attribute) {
            synchronized (MemoryTarget.this) {
                return item.has(attribute);
            }
        }

        @Override
        public void release() {}
    }

    private final class Partial implements TargetFile {
        private final Dir dir;
        private final RawName partial;
        private final Item item;
        private final RawName name;

        Partial(Dir dir, RawName partial, Item item, RawName name) {
            this.dir = dir;
            this.partial = partial;
            this.item = item;
            this.name = name;
        }

        @Override
        public void write(long offset, byte[] bytes, int at, int length) {
            synchronized (MemoryTarget.this) {
                int end = (int) offset + length;
                item.content = Arrays.copyOf(item.content, Math.max(end, item.content.length));
                System.arraycopy(bytes, at, item.content, (int) offset, length);
            }
        }

        @Override
        public List<Lack> finish(long length, Metadata metadata) throws TargetException {
            synchronized (MemoryTarget.this) {
                dir.item.children.remove(partial);
                item.content = Arrays.copyOf(item.content, (int) length);
                item.set(metadata);
                dir.replace(name, item);
                return List.of();
            }
        }

        @Override
        public void discard() {
            synchronized (MemoryTarget.this) {
                dir.item.children.remove(partial);
            }
        }
    }

    private final class Reader implements TargetReader {
        private final Item item;

        Reader(Item item) {
            this.item = item;
        }

        @Override
        public TargetEntry entry() {
            synchronized (MemoryTarget.this) {
                return item.entry();
            }
        }

        @Override
        public boolean has(Xattr attribute) {
            synchronized (MemoryTarget.this) {
                return item.has(attribute);
            }
        }

        @Override
        public int read(long offset, byte[] into, int length) {
            synchronized (MemoryTarget.this) {
                int got = (int) Math.max(0, Math.min(length, item.content.length - offset));
                System.arraycopy(item.content, (int) Math.min(offset, item.content.length), into, 0, got);
                return got;
            }
        }

        @Override
        public void close() {}
    }
}
