package cofre.change;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the objects that paths of the file system lead to in the new view of a share, with a few directories held open.
 * What cannot be reached there stands for the directory where the way ended. For one thread.
 */
public final class PathResolver implements AutoCloseable {
    private static final int MAX_OPEN = 64;

    private final SourceDir root;
    private final int prefix;
    private final RawPath share;
    private final int maxOpen;
    private final LinkedHashMap<RawPath, Opened> open = new LinkedHashMap<>(16, 0.75f, true);

    private record Opened(SourceDir dir, long number) {}

    /** What is done with an object that was found. */
    @FunctionalInterface
    interface Found {
        void object(long object) throws CatalogueException, SourceException;
    }

    /**
     * @param root the share's root in the new view; stays its owner's
     * @param share where the share is in its file system; the root when it is all of it
     */
    public PathResolver(SourceDir root, RawPath share) {
        this(root, share, MAX_OPEN);
    }

    PathResolver(SourceDir root, RawPath share, int maxOpen) {
        this.root = root;
        this.share = share;
        this.maxOpen = maxOpen;
        prefix = share.names().size();
    }

    /**
     * Tells the numbers of what is at this path and of its directory. The share's root is not told, as it is always
     * visited, nor is anything outside the share.
     *
     * @throws SourceException when the way is not to be found for a reason that is not the path's
     */
    void resolve(RawPath path, Found found) throws CatalogueException, SourceException {
        if (!path.startsWith(share) || path.equals(share)) {
            return;
        }
        List<RawName> names = path.names().subList(prefix, path.names().size());
        int above = names.size() - 1;
        int depth = cachedDepth(names, above);
        Opened at = depth == 0 ? new Opened(root, -1) : open.get(below(names, depth));
        while (depth < above) {
            Opened next = enter(at, names, depth);
            if (next == null) {
                break;
            }
            at = next;
            depth++;
        }
        if (at.number >= 0) {
            found.object(at.number);
        }
        look(at.dir, names.get(depth), found);
    }

    private int cachedDepth(List<RawName> names, int from) {
        int depth = from;
        while (depth > 0 && !open.containsKey(below(names, depth))) {
            depth--;
        }
        return depth;
    }

    private static RawPath below(List<RawName> names, int depth) {
        return new RawPath(names.subList(0, depth));
    }

    private Opened enter(Opened at, List<RawName> names, int depth) throws SourceException {
        SourceDir dir;
        try {
            dir = at.dir.enter(names.get(depth));
        } catch (SourceException.FileUnreadable e) {
            return null; // what the path named is gone, or nobody can get there: whoever visits will say which
        }
        boolean kept = false;
        try {
            Opened opened = new Opened(dir, dir.stat().inode());
            makeRoom();
            open.put(below(names, depth + 1), opened);
            kept = true;
            return opened;
        } finally {
            if (!kept) {
                dir.close();
            }
        }
    }

    /** What is there, even where there is no entering it: it must be visited, so that it is reported. */
    private static void look(SourceDir dir, RawName name, Found found) throws CatalogueException, SourceException {
        long number;
        try {
            number = dir.look(name).inode();
        } catch (SourceException.FileUnreadable e) {
            return; // the directory it is missing from was told
        }
        found.object(number);
    }

    private void makeRoom() {
        if (open.size() >= maxOpen) {
            Map.Entry<RawPath, Opened> eldest = open.entrySet().iterator().next();
            open.remove(eldest.getKey());
            eldest.getValue().dir.close();
        }
    }

    @Override
    public void close() {
        for (Opened opened : new ArrayList<>(open.values())) {
            opened.dir.close();
        }
        open.clear();
    }
}
