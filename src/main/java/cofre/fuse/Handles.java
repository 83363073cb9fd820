package cofre.fuse;

import cofre.posix.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is open, by number; bounded. Thread-safe. */
final class Handles<T> {
    private final Map<Long, T> open = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();
    private final int limit;

    Handles(int limit) {
        this.limit = limit;
    }

    /** Takes a place before something is opened; {@link #put} or {@link #giveBack} must follow. */
    void reserve() throws Refusal {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            throw new Refusal(Errno.ENFILE);
        }
    }

    /** Gives a reserved place back. */
    void giveBack() {
        count.decrementAndGet();
    }

    /** Puts something into a reserved place; its number, never 0. */
    long put(T what) {
        long number = last.incrementAndGet();
        open.put(number, what);
        return number;
    }

    T get(long number) throws Refusal {
        T found = open.get(number);
        if (found == null) {
            throw new Refusal(Errno.EBADF);
        }
        return found;
    }

    /** Takes it out; null when there is none of that number. */
    T remove(long number) {
        T found = open.remove(number);
        if (found != null) {
            count.decrementAndGet();
        }
        return found;
    }

    /** Takes out all. */
    List<T> removeAll() {
        List<T> all = new ArrayList<>();
        for (Long number : List.copyOf(open.keySet())) {
            T found = remove(number);
            if (found != null) {
                all.add(found);
            }
        }
        return all;
    }
}
