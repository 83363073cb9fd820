package cofre.browse;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Keeps what was used last, up to a sum of weights; one value always. Thread-safe. */
final class WeightedCache<K, V> {
    private static final float LOAD = 0.75f;
    private static final int FIRST = 64;

    private final long maxWeight;
    private final ToLongFunction<V> weigher;
    private final Map<K, V> values = new LinkedHashMap<>(FIRST, LOAD, true); // guarded by this, as is weight
    private long weight;

    WeightedCache(long maxWeight, ToLongFunction<V> weigher) {
        this.maxWeight = maxWeight;
        this.weigher = weigher;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void put(K key, V value) {
        V before = values.put(key, value);
        weight += weigher.applyAsLong(value) - (before == null ? 0 : weigher.applyAsLong(before));
        Iterator<V> oldest = values.values().iterator();
        while (weight > maxWeight && values.size() > 1) {
            weight -= weigher.applyAsLong(oldest.next());
            oldest.remove();
        }
    }

    synchronized long weight() {
        return weight;
    }
}
