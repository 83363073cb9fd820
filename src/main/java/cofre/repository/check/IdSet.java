package cofre.repository.check;

import cofre.format.Sha256;
import java.util.HashSet;
import java.util.Set;

/** Remembers which trees were seen: a set that a hundred thousand restore points of one tree cost once. Thread-safe. */
final class IdSet {
    private final Set<Sha256> seen = new HashSet<>();

    /** True the first time an id comes. */
    synchronized boolean add(Sha256 id) {
        return seen.add(id);
    }

    synchronized int size() {
        return seen.size();
    }
}
