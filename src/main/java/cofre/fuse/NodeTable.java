package cofre.fuse;

import cofre.browse.Spot;
import cofre.path.RawName;
import cofre.posix.Errno;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Which spots the kernel remembers, by number. A number is never used for another spot, so no generation is needed. A node
 * stays as long as the kernel remembers it or a child of it. Thread-safe.
 */
final class NodeTable {
    /** FUSE_ROOT_ID. */
    static final long TOP = 1;

    /** Nodes looked at for each one wanted, at most: those in use are not worth a look at all the others. */
    private static final int SCAN = 8;

    /** By last use, the oldest first. */
    private final Map<Long, Node> byId = new LinkedHashMap<>(1024, 0.75f, true);

    private final Map<Spot, Node> bySpot = new HashMap<>();
    private final int limit;
    /** Has a permit when there are too many. */
    private final Semaphore wake = new Semaphore(0);

    private long lastId = TOP;

    /** {@code limit}: see {@link FuseSettings#maxNodes}. */
    NodeTable(Spot top, int limit) {
        this.limit = limit;
        Node node = new Node(TOP, top, null, null);
        node.lookups = 1;
        byId.put(TOP, node);
        bySpot.put(top, node);
    }

    /** The node of that number. */
    synchronized Node get(long id) throws Refusal {
        Node node = byId.get(id);
        if (node == null) {
            throw new Refusal(Errno.ESTALE);
        }
        return node;
    }

    /** The node of a spot, which the kernel is about to be told once more. */
    synchronized Node tell(Node parent, RawName name, Spot spot) {
        Node node = bySpot.get(spot);
        if (node == null) {
            node = new Node(++lastId, spot, parent, name);
            byId.put(node.id, node);
            bySpot.put(spot, node);
            parent.children++;
            if (byId.size() > limit && wake.availablePermits() == 0) {
                wake.release();
            }
        }
        node.lookups++;
        return node;
    }

    /** The kernel forgets what it was told {@code times} times, or was not told after all. */
    synchronized void forget(long id, long times) {
        Node node = byId.get(id);
        if (node == null || id == TOP) {
            return;
        }
        node.lookups = times < 0 || times > node.lookups ? 0 : node.lookups - times;
        for (Node at = node; at.lookups == 0 && at.children == 0 && at.id != TOP; at = at.parent) {
            byId.remove(at.id);
            bySpot.remove(at.spot);
            at.parent.children--;
        }
    }

    /** How many there are. */
    synchronized int size() {
        return byId.size();
    }

    /** Waits until there are too many, at most so long; whether there are. */
    boolean awaitTooMany(long millis) throws InterruptedException {
        return isTooMany() || (wake.tryAcquire(millis, TimeUnit.MILLISECONDS) && isTooMany());
    }

    private synchronized boolean isTooMany() {
        return byId.size() > limit;
    }

    /** Nodes not used for long that have no child and belong to a version, at most so many and as many as are too many. */
    synchronized List<Node> oldest(int most) {
        int wanted = Math.min(most, byId.size() - limit);
        List<Node> seen = new ArrayList<>();
        List<Node> found = new ArrayList<>();
        for (Node node : byId.values()) {
            if (found.size() >= wanted || seen.size() >= SCAN * most) {
                break;
            }
            seen.add(node);
            if (node.children == 0 && node.isFixed()) {
                found.add(node);
            }
        }
        // Used now, so that the next look does not meet the same ones again.
        seen.forEach(node -> byId.get(node.id));
        return found;
    }
}
