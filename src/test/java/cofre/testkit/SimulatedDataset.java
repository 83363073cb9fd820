package cofre.testkit;

import cofre.source.SourceDir;
import cofre.testkit.zfs.ModelDataset;
import cofre.testkit.zfs.ModelSnapshot;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A dataset of {@link SimulatedZfs}. Its properties are zfs(8)'s and may be changed at any time. Its tree is one of {@link
 * MemoryNode}s, easy to make and to spoil; or, when it was made with settings, a {@link ModelDataset}, which knows
 * objects and can be sent and diffed.
 */
public final class SimulatedDataset {
    /** A snapshot of it. */
    static final class Snapshot {
        final String guid;
        final long createTxg;
        final long creation;
        final MemoryNode tree;
        final Optional<ModelSnapshot> files;
        final Map<String, String> marks = new LinkedHashMap<>();
        final Set<String> holds = new LinkedHashSet<>();

        Snapshot(String guid, long createTxg, long creation, MemoryNode tree, Optional<ModelSnapshot> files) {
            this.guid = guid;
            this.createTxg = createTxg;
            this.creation = creation;
            this.tree = tree;
            this.files = files;
        }

        SourceDir open() {
            return files.isPresent() ? files.get().open() : tree.open();
        }
    }

    /** What is left of a snapshot in a bookmark of it. */
    record Bookmark(String guid, long createTxg, long creation) {}

    final String guid;
    final Map<String, String> properties = new LinkedHashMap<>();
    final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    final Map<String, Bookmark> bookmarks = new LinkedHashMap<>();
    final Optional<ModelDataset> files;
    private final MemoryNode tree = MemoryNode.root();

    SimulatedDataset(String name, String guid, Optional<ModelDataset> files) {
        this.guid = guid;
        this.files = files;
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

    /** What a property is set to; empty when it is not. */
    public String property(String name) {
        return properties.getOrDefault(name, "");
    }

    /** Destroys one of its snapshots, held or not, as somebody else with more rights. Bookmarks of it stay. */
    public void forget(String snapshot) {
        snapshots.remove(snapshot);
    }

    /** The live tree. */
    public MemoryNode tree() {
        return tree;
    }

    /** The live tree of one that was made with settings. */
    public ModelDataset files() {
        return files.orElseThrow();
    }

    /** What one of its snapshots shows, when it was made with settings. */
    public ModelSnapshot files(String snapshot) {
        return snapshots.get(snapshot).files.orElseThrow();
    }

    /** Names of its bookmarks, oldest first. */
    public Set<String> bookmarks() {
        return new LinkedHashSet<>(bookmarks.keySet());
    }

    /** The txg one of its snapshots was made in. */
    public long createTxgOf(String snapshot) {
        return snapshots.get(snapshot).createTxg;
    }

    /** The dataset's guid. */
    public String guid() {
        return guid;
    }

    /** Names of its snapshots, oldest first. */
    public Set<String> snapshots() {
        return new LinkedHashSet<>(snapshots.keySet());
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
