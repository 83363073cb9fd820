package cofre.testkit;

import cofre.format.NodeType;
import cofre.format.RightsModel;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.source.SourceStat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A file of any kind in memory, and the builder of trees of them. Begin with {@link #root()}; the methods that make an
 * entry return it, so that it can be adjusted: {@code root.file("a", "text").mode(0600).owner(7, 8)}. Inode numbers and
 * ctimes are given out as a file system would. Not thread-safe while it is being changed.
 */
public final class MemoryNode {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    /** What all nodes of one tree share. */
    private record World(
            AtomicLong inodes, AtomicLong changes, AtomicInteger openHandles, AtomicReference<RightsModel> rights) {
        Instant nextChange() {
            return EPOCH.plusSeconds(changes.incrementAndGet()).plusNanos(123_456_789);
        }
    }

    private final World world;
    private final NodeType type;
    private long inode;
    private final TreeMap<RawName, MemoryNode> children = new TreeMap<>();
    private final List<Xattr> xattrs = new ArrayList<>();
    private byte[] content = {};
    private int mode;
    private long uid = 1001;
    private long gid = 1001;
    private long links = 1;
    private long device;
    private long claimedSize = -1;
    private Instant mtime;
    private Instant ctime;
    private Instant birth = Instant.EPOCH;
    private String flags = "";
    private Optional<String> nfs4Acl = Optional.empty();
    private boolean readable = true;
    private boolean statable = true;
    private long failAfter = Long.MAX_VALUE;

    private MemoryNode(World world, NodeType type, long inode) {
        this.world = world;
        this.type = type;
        this.inode = inode;
        this.mode = type == NodeType.DIR ? 0755 : type == NodeType.SYMLINK ? 0777 : 0644;
        this.ctime = world.nextChange();
        this.mtime = ctime;
    }

    /** An empty directory, the root of a new tree. */
    public static MemoryNode root() {
        World world = new World(
                new AtomicLong(100), new AtomicLong(), new AtomicInteger(), new AtomicReference<>(RightsModel.NONE));
        return new MemoryNode(world, NodeType.DIR, world.inodes.getAndIncrement());
    }

    /** A regular file with this text as UTF-8. */
    public MemoryNode file(String name, String text) {
        return file(RawName.ofText(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A regular file; replaces what had the name, with a new inode. */
    public MemoryNode file(RawName name, byte[] bytes) {
        MemoryNode node = add(name, NodeType.FILE);
        node.content = bytes.clone();
        return node;
    }

    /** The directory of that name, made when it is not there. */
    public MemoryNode dir(String name) {
        return dir(RawName.ofText(name));
    }

    /** The directory of that name, made when it is not there. */
    public MemoryNode dir(RawName name) {
        MemoryNode there = children.get(name);
        return there != null && there.type == NodeType.DIR ? there : add(name, NodeType.DIR);
    }

    /** A symbolic link. */
    public MemoryNode symlink(String name, String target) {
        MemoryNode node = add(RawName.ofText(name), NodeType.SYMLINK);
        node.content = target.getBytes(StandardCharsets.UTF_8);
        return node;
    }

    /** A symbolic link of any bytes. */
    public MemoryNode symlink(RawName name, byte[] target) {
        MemoryNode node = add(name, NodeType.SYMLINK);
        node.content = target.clone();
        return node;
    }

    /** A fifo, socket or anything else without content. */
    public MemoryNode special(String name, NodeType kind) {
        return add(RawName.ofText(name), kind);
    }

    /** A block or character device. */
    public MemoryNode device(String name, NodeType kind, long rdev) {
        MemoryNode node = add(RawName.ofText(name), kind);
        node.device = rdev;
        return node;
    }

    /** One more name for a file. */
    public MemoryNode link(String name, MemoryNode existing) {
        children.put(RawName.ofText(name), existing);
        existing.links++;
        existing.ctime = world.nextChange();
        touched();
        return existing;
    }

    /** Takes a name away. */
    public void remove(String name) {
        MemoryNode gone = children.remove(RawName.ofText(name));
        if (gone == null) {
            throw new IllegalArgumentException("no entry " + name);
        }
        gone.links--;
        touched();
    }

    /** New content for a file, as a program that writes in place does it. */
    public MemoryNode write(byte[] bytes) {
        content = bytes.clone();
        return touched();
    }

    /** The entry of that name. */
    public MemoryNode child(String name) {
        return children.get(RawName.ofText(name));
    }

    /** Permission bits, setuid, setgid and sticky. */
    public MemoryNode mode(int bits) {
        mode = bits;
        return changed();
    }

    /** Owner and group. */
    public MemoryNode owner(long user, long group) {
        uid = user;
        gid = group;
        return changed();
    }

    /** The modification time; the change time moves on by itself. */
    public MemoryNode mtime(Instant time) {
        mtime = time;
        return changed();
    }

    /** Both times as they are given: what a clock that was set back, or a clever program, leaves. */
    public MemoryNode times(Instant modified, Instant changed) {
        mtime = modified;
        ctime = changed;
        return this;
    }

    /** Another file that looks the same in everything but its number. */
    public MemoryNode newInode() {
        inode = world.inodes.getAndIncrement();
        return this;
    }

    /** One more extended attribute. */
    public MemoryNode xattr(String name, byte[] value) {
        xattrs.add(new Xattr(name.getBytes(StandardCharsets.UTF_8), value));
        Collections.sort(xattrs);
        return changed();
    }

    /** Made then, as far as the file system knows. */
    public MemoryNode born(Instant time) {
        birth = time;
        return this;
    }

    /** With file flags. */
    public MemoryNode flags(String names) {
        flags = names;
        return changed();
    }

    /** With an NFSv4 ACL, which can be read where the tree keeps them. The ctime stays: see {@link #touch}. */
    public MemoryNode nfs4Acl(String text) {
        nfs4Acl = Optional.of(text);
        return this;
    }

    /** Whose rights can be read in this tree, and in views of it. */
    public MemoryNode keeps(RightsModel model) {
        world.rights.set(model);
        return this;
    }

    RightsModel rights() {
        return world.rights.get();
    }

    Optional<String> nfs4Acl() {
        return rights() == RightsModel.NFS4 ? nfs4Acl : Optional.empty();
    }

    /** Its ctime becomes another. */
    public MemoryNode touch() {
        return changed();
    }

    /** Cannot be opened, or its link be read; can be looked at. */
    public MemoryNode unreadable() {
        readable = false;
        return this;
    }

    /** Not even its metadata can be had. */
    public MemoryNode unstatable() {
        statable = false;
        return this;
    }

    /** Claims this size in all metadata, whatever can be read of it: a file that shrinks or grows while read. */
    public MemoryNode claimsSize(long size) {
        claimedSize = size;
        return this;
    }

    /** Reading fails with an I/O error behind this many bytes. */
    public MemoryNode failsAfter(long bytes) {
        failAfter = bytes;
        return this;
    }

    /** Directories and files of this tree that are open now. */
    public int openHandles() {
        return world.openHandles.get();
    }

    /** The same tree as it is now, hard links and inodes included: what a snapshot keeps. Shares the count of handles. */
    public MemoryNode copy() {
        return copy(new IdentityHashMap<>());
    }

    /** An open view of this directory. */
    public MemoryDir open() {
        return new MemoryDir(this);
    }

    private MemoryNode copy(Map<MemoryNode, MemoryNode> known) {
        MemoryNode seen = known.get(this);
        if (seen != null) {
            return seen;
        }
        MemoryNode copy = new MemoryNode(world, type, inode);
        known.put(this, copy);
        copy.xattrs.addAll(xattrs);
        copy.content = content;
        copy.mode = mode;
        copy.birth = birth;
        copy.flags = flags;
        copy.nfs4Acl = nfs4Acl;
        copy.uid = uid;
        copy.gid = gid;
        copy.links = links;
        copy.device = device;
        copy.claimedSize = claimedSize;
        copy.mtime = mtime;
        copy.ctime = ctime;
        copy.readable = readable;
        copy.statable = statable;
        copy.failAfter = failAfter;
        children.forEach((name, child) -> copy.children.put(name, child.copy(known)));
        return copy;
    }

    private MemoryNode add(RawName name, NodeType kind) {
        MemoryNode node = new MemoryNode(world, kind, world.inodes.getAndIncrement());
        children.put(name, node);
        touched();
        return node;
    }

    private MemoryNode changed() {
        ctime = world.nextChange();
        return this;
    }

    private MemoryNode touched() {
        changed();
        mtime = ctime;
        return this;
    }

    SourceStat stat() {
        long size = claimedSize >= 0 ? claimedSize : type == NodeType.DIR ? children.size() + 2L : content.length;
        long allocated = (content.length + 511L) / 512 * 512;
        long count = type == NodeType.DIR ? 2 : links;
        return new SourceStat(
                type, mode, uid, gid, inode, count, size, allocated, device, mtime, ctime, EPOCH, birth, flags);
    }

    NodeType type() {
        return type;
    }

    Map<RawName, MemoryNode> children() {
        return children;
    }

    List<Xattr> xattrs() {
        return List.copyOf(xattrs);
    }

    byte[] content() {
        return content;
    }

    boolean isReadable() {
        return readable;
    }

    boolean isStatable() {
        return statable;
    }

    long failAfter() {
        return failAfter;
    }

    void opened() {
        world.openHandles.incrementAndGet();
    }

    void closed() {
        world.openHandles.decrementAndGet();
    }
}
