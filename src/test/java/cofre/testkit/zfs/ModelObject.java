package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.path.RawName;
import java.time.Instant;
import java.util.TreeMap;

/**
 * What is at one number. Changed by {@link ObjectTable#edit} only, which copies it first when a snapshot has it. A plain
 * carrier: the rules are {@link ModelDataset}'s.
 */
final class ModelObject {
    final long number;
    final NodeType type;
    final long generation;
    final Instant crtime;

    /** Whether it is a hidden directory of attributes or in one. */
    final boolean isAttribute;

    int mode;
    long uid;
    long gid;
    long size;
    long parent;
    long links;
    long device;
    Instant mtime;
    Instant ctime;
    Instant atime;

    /** The txg its dnode was last written in. */
    long birth;

    /** The txg its attributes beside the dnode were last written in. */
    long spillBirth;

    /** The hidden directory of its attributes, 0 for none. */
    long attributes;

    /** Where a symbolic link leads. */
    byte[] target = {};

    ModelContent content = new ModelContent();
    TreeMap<RawName, Long> entries = new TreeMap<>();

    /** Extended attributes kept with it, the name's bytes as ISO 8859-1. */
    TreeMap<String, byte[]> xattrs = new TreeMap<>();

    private boolean frozen;

    ModelObject(long number, NodeType type, long generation, Instant now, boolean isAttribute) {
        this.number = number;
        this.type = type;
        this.generation = generation;
        this.crtime = now;
        this.isAttribute = isAttribute;
        this.mtime = now;
        this.ctime = now;
        this.atime = now;
        this.links = type == NodeType.DIR ? 2 : 1;
    }

    boolean isDir() {
        return type == NodeType.DIR;
    }

    boolean isFrozen() {
        return frozen;
    }

    void freeze() {
        frozen = true;
    }

    ModelObject thaw() {
        ModelObject copy = new ModelObject(number, type, generation, crtime, isAttribute);
        copy.mode = mode;
        copy.uid = uid;
        copy.gid = gid;
        copy.size = size;
        copy.parent = parent;
        copy.links = links;
        copy.device = device;
        copy.mtime = mtime;
        copy.ctime = ctime;
        copy.atime = atime;
        copy.birth = birth;
        copy.spillBirth = spillBirth;
        copy.attributes = attributes;
        copy.target = target;
        copy.content = content.copy();
        copy.entries = new TreeMap<>(entries);
        copy.xattrs = new TreeMap<>(xattrs);
        return copy;
    }
}
