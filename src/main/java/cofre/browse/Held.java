package cofre.browse;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.path.RawName;
import java.util.List;
import java.util.Optional;

/** A version that is shown, and where its root is. Thread-safe. */
final class Held {
    private final Version version;
    private final Entry.ShareDir shareDir;
    private final Archive archive;
    private final PathKey key;
    private final Entry.Dir dir;
    private volatile Optional<Root> root = Optional.empty();
    private volatile boolean isReady;
    private volatile boolean isGone;

    Held(Version version, Entry.ShareDir shareDir, Archive archive) {
        this.version = version;
        this.shareDir = shareDir;
        this.archive = archive;
        this.key = shareDir.key()
                .version(version.name(), version.id(), version.inside().path());
        this.dir = new Entry.Dir(this);
    }

    /**
     * A version's root directory.
     *
     * @param tree its tree
     * @param node its node; empty when the point's top tree is itself the root, which has none
     */
    record Root(BlobId tree, Optional<Node> node) {}

    /** Gives directories, from wherever they are had. */
    interface Source {
        Directory get(BlobId id) throws BrowseException;
    }

    Version version() {
        return version;
    }

    Entry.ShareDir shareDir() {
        return shareDir;
    }

    Archive archive() {
        return archive;
    }

    PathKey key() {
        return key;
    }

    /** The spot of its root. */
    Entry.Dir dir() {
        return dir;
    }

    boolean isReady() {
        return isReady;
    }

    void becomeReady() {
        isReady = true;
    }

    boolean isGone() {
        return isGone;
    }

    void becomeGone() {
        isGone = true;
    }

    /** The root, looked for once. */
    Root root(Source directories) throws BrowseException {
        Optional<Root> there = root;
        if (there.isPresent()) {
            return there.get();
        }
        Root found = look(directories);
        root = Optional.of(found);
        return found;
    }

    private Root look(Source directories) throws BrowseException {
        Inside inside = version.inside();
        int most = inside.mayBeCut() ? inside.covered() : 0;
        for (int cut = 0; cut <= most; cut++) {
            Optional<Root> found = walk(cut, most - cut, directories);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new BrowseException.Damaged(
                "cannot show restore point " + version.id() + ": it has no directory " + inside.path()
                        + " vs the root of share " + shareDir.share(),
                null);
    }

    /**
     * @param cut how many names at the path's beginning are left out
     * @param alone how many of the others have to be their directory's only entry
     */
    private Optional<Root> walk(int cut, int alone, Source directories) throws BrowseException {
        List<RawName> names = version.inside().path().names();
        BlobId tree = version.tree();
        Optional<Node> node = Optional.empty();
        for (int i = cut; i < names.size(); i++) {
            Directory directory = directories.get(tree);
            int position = directory.find(names.get(i));
            boolean fits = i - cut >= alone || directory.count() == 1;
            if (position < 0 || !fits || !(directory.node(position).body() instanceof Node.DirBody body)) {
                return Optional.empty();
            }
            node = Optional.of(directory.node(position));
            tree = body.subtree();
        }
        return Optional.of(new Root(tree, node));
    }
}
