package cofre.zfs;

import cofre.source.SourceException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to take or destroy snapshots of a dataset: between being taken and being held a snapshot looks like one
 * nobody needs. Thread-safe.
 */
final class DatasetTurns {
    /** What is done meanwhile. */
    interface Work<T> {
        T run() throws SourceException;
    }

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Does it while these datasets, by guid, are nobody else's: taken in an order all agree on, so that nobody waits for ever. */
    <T> T during(Collection<String> guids, Work<T> work) throws SourceException {
        Deque<ReentrantLock> taken = new ArrayDeque<>();
        for (String guid : new TreeSet<>(guids)) {
            ReentrantLock lock = locks.computeIfAbsent(guid, g -> new ReentrantLock());
            lock.lock();
            taken.push(lock);
        }
        try {
            return work.run();
        } finally {
            taken.forEach(ReentrantLock::unlock);
        }
    }
}
