package cofre.testkit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A dataset of {@link SimulatedZfs}. Its properties are zfs(8)'s and may be changed at any time. */
public final class SimulatedDataset {
    /** A snapshot of it. */
    static final class Snapshot {
        final String guid;
        final long createTxg;
        final long creation;
        final MemoryNode tree;
        final Map<String, String> marks = new LinkedHashMap<>();
        final Set<String> holds = new LinkedHashSet<>();

        Snapshot(String guid, long createTxg, long creation, MemoryNode tree) {
            this.guid = guid;
            this.createTxg = createTxg;
            this.creation = creation;
            this.tree = tree;
        }
    }

    /** What is left of a snapshot in a bookmark. */
    record Bookmark(String guid, long createTxg) {}

    final String guid;
    final Map<String, Bookmark> bookmarks = new LinkedHashMap<>();
    final Map<String, String> properties = new LinkedHashMap<>();
    final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final MemoryNode tree = MemoryNode.root();

    SimulatedDataset(String name, String guid) {
        this.guid = guid;
        properties.put("type", "filesystem");
        properties.put("mounted", "yes");
        properties.put("encryption", "off");
        properties.put("keystatus", "-");
        properties.put("canmount", "on");
        properties.put("snapdir", "hidden");
        properties.put("readonly", "off");
        properties.put("mountpoint", "/" + name);
    }

    /** Sets a native or user property, the latter as {@code zfs set} on the dataset: snapshots inherit it. */
    public SimulatedDataset set(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** The live tree. */
    public MemoryNode tree() {
        return tree;
    }

    /** The dataset's guid. */
    public String guid() {
        return guid;
    }

    /** Names of its snapshots, oldest first. */
    public Set<String> snapshots() {
        return new LinkedHashSet<>(snapshots.keySet());
    }

    /** Names of its bookmarks, oldest first. */
    public Set<String> bookmarks() {
        return new LinkedHashSet<>(bookmarks.keySet());
    }

    /** Tags of the holds on one of its snapshots. */
    public Set<String> holds(String snapshot) {
        return snapshots.get(snapshot).holds;
    }

    /** User properties set on one of its snapshots. */
    public Map<String, String> marks(String snapshot) {
        return snapshots.get(snapshot).marks;
    }

    /** The guid of one of its snapshots. */
    public String guidOf(String snapshot) {
        return snapshots.get(snapshot).guid;
    }
}
