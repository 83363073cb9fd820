package cofre.browse;

import cofre.acl.Caller;
import cofre.acl.Chain;
import cofre.acl.Rights;
import cofre.acl.Want;
import cofre.format.Node;
import cofre.format.RightsModel;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether rights let somebody in: those of the version, over the whole way from its root, and where the live share counts too
 * those as well. Of something that is gone from the live share, nobody knows how its rights would be now; so whoever may
 * look into the nearest directory that is still there, may see what was below it then if he might then.
 *
 * <p>What Windows clients set is kept by Samba in an attribute only Samba can judge. When it is not what it was in the version,
 * rights were changed since: then nobody gets in through the live share but root. Thread-safe.
 */
final class Permission {
    private static final Logger LOG = LoggerFactory.getLogger(Permission.class);

    private final LiveShare live;
    private final Nodes nodes;

    Permission(LiveShare live, Nodes nodes) {
        this.live = live;
        this.nodes = nodes;
    }

    /** Gives nodes of entries; none for a root that has none. */
    interface Nodes {
        Optional<Node> node(Entry.Kept spot) throws BrowseException;
    }

    boolean permits(Caller caller, Entry.Kept spot, Want want) throws BrowseException {
        List<Rights> then = new ArrayList<>();
        then.add(rights(spot));
        for (Entry.Dir dir = spot.above(); dir != null; dir = dir.above()) {
            then.add(rights(dir));
        }
        Collections.reverse(then);
        if (!Chain.permits(then, caller, want)) {
            return false;
        }
        boolean isLive = !caller.isRoot() && live.counts(spot.held().shareDir().share());
        return !isLive || permitsNow(caller, spot, want);
    }

    /** Directories are asked for again and again, and never change. */
    private Rights rights(Entry.Kept spot) throws BrowseException {
        if (!(spot instanceof Entry.Dir dir)) {
            return stored(spot);
        }
        Rights known = dir.rights();
        if (known == null) {
            known = stored(dir);
            dir.keep(known);
        }
        return known;
    }

    private Rights stored(Entry.Kept spot) throws BrowseException {
        RightsModel kept = spot.held().version().rights();
        return nodes.node(spot).map(node -> StoredRights.of(node, kept)).orElse(StoredRights.UNKNOWN_ROOT);
    }

    private boolean permitsNow(Caller caller, Entry.Kept spot, Want want) throws BrowseException {
        List<Entry.Kept> way = way(spot);
        List<RawName> names = new ArrayList<>();
        for (Entry.Kept step : way.subList(1, way.size())) {
            names.add(nodes.node(step).orElseThrow().name());
        }
        String share = spot.held().shareDir().share();
        LiveShare.Way now;
        try {
            now = live.way(share, new RawPath(names));
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "access to a version refused share={} reason=\"the live share cannot be asked: {}\"",
                    share,
                    e.toString());
            return false;
        }
        if (now.rights().size() > way.size()
                || !hasSameWindowsRights(way.get(now.rights().size() - 1), now)) {
            return false;
        }
        boolean isThere = now.rights().size() == way.size();
        return isThere
                ? Chain.permits(now.rights(), caller, want)
                : Chain.permits(now.rights(), caller, Want.SEARCH) && Chain.permits(now.rights(), caller, Want.READ);
    }

    private boolean hasSameWindowsRights(Entry.Kept then, LiveShare.Way now) throws BrowseException {
        Optional<byte[]> was = nodes.node(then).flatMap(StoredRights::windows);
        return was.isPresent() == now.windows().isPresent()
                && (was.isEmpty() || Arrays.equals(was.get(), now.windows().get()));
    }

    private static List<Entry.Kept> way(Entry.Kept spot) {
        List<Entry.Kept> way = new ArrayList<>();
        for (Entry.Kept step = spot; step != null; step = step.above()) {
            way.add(step);
        }
        Collections.reverse(way);
        return way;
    }
}
