package cofre.restore;

import cofre.path.RawName;
import cofre.path.RawPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries of a directory are wanted: all, or those on the way to or below chosen paths. Goes down with the walk, so
 * that no path is built for each entry.
 */
final class Selection {
    /** Everything. */
    static final Selection ALL = new Selection(List.of(RawPath.ROOT), 0);

    private final List<RawPath> paths;
    private final int depth;
    private final boolean whole;

    private Selection(List<RawPath> paths, int depth) {
        this.paths = paths;
        this.depth = depth;
        this.whole = paths.stream().anyMatch(path -> path.names().size() <= depth);
    }

    /** These paths and all below them, as seen from the directory the walk begins at. */
    static Selection of(List<RawPath> paths) {
        return paths.isEmpty() ? ALL : new Selection(List.copyOf(paths), 0);
    }

    /** Whether the directory itself is wanted with all in it, and not only passed on the way. */
    boolean isWhole() {
        return whole;
    }

    boolean takes(RawName name) {
        return whole || paths.stream().anyMatch(path -> path.names().get(depth).equals(name));
    }

    /** What is wanted of that directory, which this selection takes. */
    Selection below(RawName name) {
        if (whole) {
            return this;
        }
        List<RawPath> matching = new ArrayList<>(paths);
        matching.removeIf(path -> !path.names().get(depth).equals(name));
        return new Selection(matching, depth + 1);
    }
}
