package cofre.browse;

import cofre.acl.Caller;
import cofre.acl.Want;
import cofre.format.Node;
import cofre.format.Xattr;
import cofre.path.RawName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Versions out of repositories. What is shown of a share is replaced as a whole; spots of versions that stay go on working,
 * those of others are {@link BrowseException.Gone}. A version can be looked at at once, but only one that is ready is sure
 * to be on local disk. Thread-safe.
 */
public final class Versions implements VersionTree, AutoCloseable {
    private final Entry.Top top = new Entry.Top();
    private final VersionTools tools;
    private final Directories directories;
    private final Contents contents;
    private final Permission permission;
    private final Archives archives;
    private volatile Map<RawName, Shown> shares = Map.of(); // never changed in place; replaced under this

    /** Nothing is shown yet. */
    public Versions(VersionTools tools) {
        this.tools = tools;
        this.directories = new Directories(tools.limits(), tools.ticker());
        this.contents = new Contents(tools.limits(), tools.ticker());
        this.permission = new Permission(tools.live(), this::rightsNode);
        this.archives = new Archives(tools);
    }

    /**
     * From now on exactly these versions of a share are shown. Those that are not ready are made so in the background, first
     * ones first; {@link VersionTools#listener} hears of each when it is.
     *
     * @param group which alone may look into the share's directory; empty for everybody
     */
    public synchronized void show(String share, List<Version> versions, OptionalLong group) {
        RawName name = RawName.ofText(share);
        Optional<Shown> before = Optional.ofNullable(shares.get(name));
        Entry.ShareDir dir = before.map(Shown::dir).orElseGet(() -> new Entry.ShareDir(top, share));
        TreeMap<RawName, Held> held = new TreeMap<>();
        List<Held> unready = new ArrayList<>();
        for (Version version : versions) {
            Held one = before.flatMap(
                            shown -> Optional.ofNullable(shown.versions().get(version.name())))
                    .filter(there -> there.version().equals(version))
                    .orElseGet(() -> new Held(version, dir, archives.of(version.repository())));
            held.put(version.name(), one);
            if (!one.isReady()) {
                unready.add(one);
            }
        }
        Map<RawName, Shown> all = new TreeMap<>(shares);
        all.put(name, new Shown(dir, group, held));
        shares = new LinkedHashMap<>(all);
        before.ifPresent(shown -> retire(shown.all(), held.values()));
        archives.prefetch(unready);
    }

    /** The share and all its versions are not shown any more. */
    public synchronized void hide(String share) {
        Map<RawName, Shown> all = new TreeMap<>(shares);
        Shown gone = all.remove(RawName.ofText(share));
        shares = new LinkedHashMap<>(all);
        if (gone != null) {
            retire(gone.all(), List.of());
        }
    }

    private static void retire(Collection<Held> before, Collection<Held> after) {
        before.stream().filter(held -> !after.contains(held)).forEach(Held::becomeGone);
    }

    /** Whether all metadata of a version is on local disk. */
    public boolean isReady(String share, RawName version) {
        Shown shown = shares.get(RawName.ofText(share));
        return shown != null
                && shown.versions().containsKey(version)
                && shown.versions().get(version).isReady();
    }

    @Override
    public Spot top() {
        return top;
    }

    @Override
    public Optional<Spot> find(Spot directory, RawName name) throws BrowseException {
        if (directory.equals(top)) {
            return Optional.ofNullable(shares.get(name)).map(Shown::dir);
        }
        if (directory instanceof Entry.ShareDir dir) {
            return Optional.ofNullable(shown(dir).versions().get(name)).map(Held::dir);
        }
        Entry.Dir dir = dir(directory);
        Directory content = content(dir);
        int position = content.find(name);
        return position < 0 ? Optional.empty() : child(dir, position, content.node(position));
    }

    @Override
    public List<Listed> list(Spot directory) throws BrowseException {
        List<Listed> all = new ArrayList<>();
        if (directory.equals(top)) {
            shares.forEach((name, shown) -> all.add(new Listed(name, shown.dir())));
        } else if (directory instanceof Entry.ShareDir dir) {
            shown(dir).versions().forEach((name, held) -> all.add(new Listed(name, held.dir())));
        } else {
            Entry.Dir dir = dir(directory);
            content(dir)
                    .each((position, node) ->
                            child(dir, position, node).ifPresent(spot -> all.add(new Listed(node.name(), spot))));
        }
        return all;
    }

    private static Optional<Spot> child(Entry.Dir dir, int position, Node node) {
        Optional<EntryKind> kind = Looks.kind(node.type());
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        PathKey key = dir.key().child(node.name());
        if (node.body() instanceof Node.DirBody body) {
            return Optional.of(new Entry.Dir(dir.held(), dir, position, body.subtree(), key));
        }
        long number = node.metadata().inode();
        if (node.metadata().links() > 1 && number != 0) {
            key = dir.held().key().file(node.metadata().deviceId(), number);
        }
        return Optional.of(new Entry.Leaf(dir, position, kind.get(), key.inode()));
    }

    @Override
    public Attributes attributes(Spot spot) throws BrowseException {
        if (spot.equals(top)) {
            return Looks.above(top, OptionalLong.empty(), Instant.EPOCH);
        }
        if (spot instanceof Entry.ShareDir dir) {
            Shown shown = shown(dir);
            Instant newest = shown.all().stream()
                    .map(held -> held.version().time())
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            return Looks.above(dir, shown.group(), newest);
        }
        Entry.Kept kept = kept(spot);
        Optional<Node> node = node(kept);
        return node.isPresent()
                ? Looks.of(kept, node.get())
                : Looks.unknown(kept, kept.held().version().time());
    }

    @Override
    public byte[] linkTarget(Spot link) throws BrowseException {
        if (!(link instanceof Entry.Leaf leaf) || leaf.kind() != EntryKind.SYMLINK) {
            throw new BrowseException.WrongKind("cannot read a link: it is a " + link.kind());
        }
        return ((Node.SymlinkBody) node(leaf).orElseThrow().body()).target();
    }

    @Override
    public List<byte[]> extendedAttributes(Spot spot) throws BrowseException {
        List<byte[]> names = new ArrayList<>();
        for (Xattr xattr : xattrs(spot)) {
            names.add(tools.spelling().apply(xattr.name()));
        }
        return names;
    }

    @Override
    public Optional<byte[]> extendedAttribute(Spot spot, byte[] name) throws BrowseException {
        for (Xattr xattr : xattrs(spot)) {
            if (Arrays.equals(tools.spelling().apply(xattr.name()), name)) {
                return Optional.of(xattr.value());
            }
        }
        return Optional.empty();
    }

    private List<Xattr> xattrs(Spot spot) throws BrowseException {
        if (spot.equals(top) || spot instanceof Entry.ShareDir) {
            return List.of();
        }
        return node(kept(spot)).map(node -> node.metadata().xattrs()).orElse(List.of());
    }

    @Override
    public OpenVersionFile open(Spot file) throws BrowseException {
        if (!(file instanceof Entry.Leaf leaf) || leaf.kind() != EntryKind.FILE) {
            throw new BrowseException.WrongKind("cannot read content: it is a " + file.kind());
        }
        return contents.open(leaf.held().archive(), node(leaf).orElseThrow());
    }

    @Override
    public boolean permits(Caller caller, Spot spot, Want want) throws BrowseException {
        if (spot.equals(top)) {
            return true;
        }
        Entry.ShareDir dir =
                spot instanceof Entry.ShareDir share ? share : kept(spot).held().shareDir();
        OptionalLong group = shown(dir).group();
        boolean isIn = caller.isRoot() || group.isEmpty() || caller.groups().contains(group.getAsLong());
        return spot instanceof Entry.Kept kept ? isIn && permission.permits(caller, kept, want) : isIn;
    }

    @Override
    public Totals totals() {
        long bytes = 0;
        long entries = 0;
        for (Shown shown : shares.values()) {
            for (Held held : shown.all()) {
                bytes += held.version().totals().bytes();
                entries += held.version().totals().entries();
            }
        }
        return new Totals(bytes, entries);
    }

    /** Bytes of memory that directories and file content take now; about. */
    public long memory() {
        return directories.memory() + contents.blocks().memory();
    }

    private Shown shown(Entry.ShareDir dir) throws BrowseException.Gone {
        Shown shown = shares.get(RawName.ofText(dir.share()));
        if (shown == null) {
            throw new BrowseException.Gone("cannot show share " + dir.share() + ": it is not shown any more");
        }
        return shown;
    }

    private static Entry.Kept kept(Spot spot) throws BrowseException.Gone {
        if (!(spot instanceof Entry.Kept kept)) {
            throw new IllegalArgumentException("cannot use a spot of another tree: " + spot.getClass());
        }
        if (kept.held().isGone()) {
            Version version = kept.held().version();
            throw new BrowseException.Gone("cannot show restore point " + version.id() + ": it is not shown any more");
        }
        return kept;
    }

    private static Entry.Dir dir(Spot spot) throws BrowseException {
        if (!(kept(spot) instanceof Entry.Dir dir)) {
            throw new BrowseException.WrongKind("cannot look into it: it is a " + spot.kind() + " vs a directory");
        }
        return dir;
    }

    private Directory content(Entry.Dir dir) throws BrowseException {
        Archive archive = dir.held().archive();
        return directories.get(archive, dir.above() == null ? root(dir.held()).tree() : dir.tree());
    }

    private Held.Root root(Held held) throws BrowseException {
        return held.root(id -> directories.get(held.archive(), id));
    }

    /** The node of an entry; empty for a root that has none. */
    private Optional<Node> node(Entry.Kept spot) throws BrowseException {
        kept(spot);
        Entry.Dir above = spot.above();
        return above == null
                ? root(spot.held()).node()
                : Optional.of(content(above).node(spot.position()));
    }

    private Optional<Node> rightsNode(Entry.Kept spot) throws BrowseException {
        return node(spot);
    }

    /** Ends all reading, within two seconds. */
    @Override
    public void close() {
        archives.close();
        contents.blocks().end();
    }
}
