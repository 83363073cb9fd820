package cofre.backup;

import cofre.format.Node;
import cofre.path.RawName;
import cofre.source.NamedEntry;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceStat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a directory that is being walked, as far as it is known without looking at it.
 *
 * @param name its name
 * @param inode its number; 0 when the directory was listed and it could not be looked at
 * @param stat what the file system says of it, where it was looked at
 * @param error why it could not be looked at, otherwise empty
 */
record DirItem(RawName name, long inode, Optional<SourceStat> stat, String error) {
    private static final Comparator<DirItem> BY_NAME = Comparator.comparing(DirItem::name);

    /** All entries, each looked at; by name. */
    static List<DirItem> lookedAt(SourceDir dir) throws SourceException {
        List<SourceEntry> entries = dir.list();
        List<DirItem> items = new ArrayList<>(entries.size());
        for (SourceEntry entry : entries) {
            long inode = entry.stat().map(SourceStat::inode).orElse(0L);
            items.add(new DirItem(entry.name(), inode, entry.stat(), entry.error()));
        }
        items.sort(BY_NAME);
        return items;
    }

    /** All entries, as the directory's listing tells them; by name. */
    static List<DirItem> listed(SourceDir dir) throws SourceException {
        List<NamedEntry> entries = dir.names();
        List<DirItem> items = new ArrayList<>(entries.size());
        for (NamedEntry entry : entries) {
            items.add(new DirItem(entry.name(), entry.inode(), Optional.empty(), ""));
        }
        items.sort(BY_NAME);
        return items;
    }

    /** The entries the directory had in the parent restore point, for one whose list of names did not change. */
    static List<DirItem> remembered(List<Node> nodes) {
        List<DirItem> items = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            items.add(new DirItem(node.name(), node.metadata().inode(), Optional.empty(), ""));
        }
        return items;
    }
}
