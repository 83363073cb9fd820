package cofre.posix;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** The last few thousand names asked for, each for a quarter of an hour. Looks up outside its lock. Thread-safe. */
final class NameCache {
    static final int CAPACITY = 4096;
    static final long LIFE_NANOS = Duration.ofMinutes(15).toNanos();

    private record Known(Optional<String> name, long since) {}

    private final Ticker ticker;
    private final LongFunction<Optional<String>> lookup;
    private final Map<Long, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    NameCache(Ticker ticker, LongFunction<Optional<String>> lookup) {
        this.ticker = ticker;
        this.lookup = lookup;
    }

    Optional<String> get(long id) {
        synchronized (known) {
            Known hit = known.get(id);
            if (hit != null && ticker.nanos() - hit.since() < LIFE_NANOS) {
                return hit.name();
            }
        }
        Optional<String> name = lookup.apply(id);
        synchronized (known) {
            known.put(id, new Known(name, ticker.nanos()));
            if (known.size() > CAPACITY) {
                Iterator<Long> oldest = known.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
        return name;
    }
}
