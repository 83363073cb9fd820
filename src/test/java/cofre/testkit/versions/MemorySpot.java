package cofre.testkit.versions;

import cofre.browse.Attributes;
import cofre.browse.EntryKind;
import cofre.browse.Spot;
import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One entry of a {@link MemoryVersionTree}, changed by the methods here. Equal to itself only. */
public final class MemorySpot implements Spot {
    final Map<RawName, MemorySpot> children = new TreeMap<>();
    final Map<String, byte[]> xattrs = new LinkedHashMap<>();
    volatile Content content = Content.of(new byte[0]);
    volatile Fault metadataFault = Fault.NONE;
    volatile Fault contentFault = Fault.NONE;
    byte[] target = {};
    private final MemorySpot parent;
    private final EntryKind kind;
    private final long inode;
    private int mode;
    private long uid;
    private long gid;
    private long device;
    private Instant mtime = Instant.parse("2024-02-29T12:34:56.123456789Z");

    MemorySpot(MemorySpot parent, EntryKind kind, long inode) {
        this.parent = parent;
        this.kind = kind;
        this.inode = inode;
        mode = kind == EntryKind.DIRECTORY ? 0755 : 0644;
    }

    @Override
    public Optional<Spot> parent() {
        return Optional.ofNullable(parent);
    }

    MemorySpot above() {
        return parent;
    }

    @Override
    public EntryKind kind() {
        return kind;
    }

    @Override
    public long inode() {
        return inode;
    }

    /** Permission bits. */
    public MemorySpot mode(int bits) {
        mode = bits;
        return this;
    }

    /** Owner and group. */
    public MemorySpot owner(long user, long group) {
        uid = user;
        gid = group;
        return this;
    }

    /** Modification time; the others are the same. */
    public MemorySpot mtime(Instant time) {
        mtime = time;
        return this;
    }

    /** Number of a device. */
    public MemorySpot device(long number) {
        device = number;
        return this;
    }

    /** An extended attribute. */
    public MemorySpot xattr(String name, byte[] value) {
        xattrs.put(name, value.clone());
        return this;
    }

    /** An extended attribute that is text. */
    public MemorySpot xattr(String name, String value) {
        return xattr(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** What happens when its metadata are asked for. */
    public MemorySpot metadataFault(Fault fault) {
        metadataFault = fault;
        return this;
    }

    /** What happens when its content is read. */
    public MemorySpot contentFault(Fault fault) {
        contentFault = fault;
        return this;
    }

    Attributes attributes() {
        long size = kind == EntryKind.FILE ? content.size() : kind == EntryKind.SYMLINK ? target.length : 0;
        return new Attributes(inode, kind, mode, uid, gid, 1, size, device, mtime, mtime, mtime);
    }

    /** Whether the mode gives somebody one of the bits r = 4, x = 1. */
    boolean allows(cofre.acl.Caller caller, int bit) {
        int shift = caller.uid() == uid ? 6 : caller.groups().contains(gid) ? 3 : 0;
        return caller.isRoot() || ((mode >> shift) & bit) != 0;
    }
}
