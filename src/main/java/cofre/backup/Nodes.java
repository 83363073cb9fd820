package cofre.backup;

import cofre.format.GenericAttributes;
import cofre.format.Metadata;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.source.SourceStat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes metadata the way restic does. Access times are not kept (reading changes them), so the tree of an unchanged
 * directory keeps its id; device numbers neither, since each mount of a ZFS snapshot has another one.
 */
final class Nodes {
    private final Owners owners;
    private final Map<String, String> used = new ConcurrentHashMap<>();
    private final LongAdder withoutRights = new LongAdder();

    Nodes(Owners owners) {
        this.owners = owners;
    }

    Metadata metadata(SourceStat stat, List<Xattr> xattrs, Optional<String> nfs4Acl) {
        if (nfs4Acl.isPresent() && nfs4Acl.get().equals(GenericAttributes.UNREADABLE)) {
            withoutRights.increment();
        }
        return new Metadata(
                stat.mode(),
                stat.mtime(),
                stat.mtime(),
                stat.ctime(),
                stat.uid(),
                stat.gid(),
                user(stat.uid()),
                group(stat.gid()),
                stat.inode(),
                0,
                keepsLinks(stat.type()) ? stat.links() : 0,
                xattrs,
                GenericAttributes.of(nfs4Acl, stat.flags(), stat.birth()));
    }

    /** Of how many entries made so far nobody could read the rights. */
    long withoutRights() {
        return withoutRights.sum();
    }

    private static boolean keepsLinks(NodeType type) {
        return switch (type) {
            case FILE, SYMLINK, BLOCK_DEVICE, CHAR_DEVICE -> true;
            case DIR, FIFO, SOCKET, IRREGULAR -> false;
        };
    }

    /**
     * The same content, attributes and ACL under what the file system says now. Those come from the parent: changing one
     * changes the ctime, and then the file counts as changed.
     */
    Metadata unchanged(SourceStat stat, Metadata parent) {
        return metadata(stat, parent.xattrs(), GenericAttributes.nfs4Acl(parent));
    }

    private String user(long uid) {
        return used.computeIfAbsent("u" + uid, key -> owners.user(uid));
    }

    private String group(long gid) {
        return used.computeIfAbsent("g" + gid, key -> owners.group(gid));
    }

    /** Names of owners in nodes, by {@code u} or {@code g} and number. */
    Map<String, String> owners() {
        return Map.copyOf(used);
    }

    /**
     * Whether this host knows the same names; then they count as names in nodes that are made now, as such nodes are taken
     * over.
     */
    boolean agreesWith(Map<String, String> names) {
        for (Map.Entry<String, String> name : names.entrySet()) {
            String now = switch (name.getKey().charAt(0)) {
                case 'u' -> user(Long.parseLong(name.getKey().substring(1)));
                default -> group(Long.parseLong(name.getKey().substring(1)));
            };
            if (!now.equals(name.getValue())) {
                return false;
            }
        }
        return true;
    }
}
