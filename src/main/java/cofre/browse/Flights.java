package cofre.browse;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that several may wait for: it is done once for each key at a time, by a thread of its own kind, and goes on when those
 * who wait give up. Thread-safe.
 */
final class Flights<K, V> {
    private final Executor threads;
    private final Map<K, CompletableFuture<V>> flying = new ConcurrentHashMap<>();

    Flights(Executor threads) {
        this.threads = threads;
    }

    /** What is to be done; may fail as browsing may. */
    interface Work<V> {
        V get() throws BrowseException;
    }

    /** The result to come: of work under way for the key, or else of {@code work}, which is begun. */
    CompletableFuture<V> join(K key, Work<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> theirs = flying.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs;
        }
        try {
            threads.execute(() -> run(key, mine, work));
        } catch (RejectedExecutionException e) {
            flying.remove(key, mine);
            mine.completeExceptionally(new BrowseException.Unavailable(
                    "cannot fetch " + key + ": too much is waiting, or it was closed", e));
        }
        return mine;
    }

    private void run(K key, CompletableFuture<V> result, Work<V> work) {
        try {
            V value = work.get();
            flying.remove(key, result);
            result.complete(value);
        } catch (BrowseException | RuntimeException | Error e) {
            flying.remove(key, result);
            result.completeExceptionally(e);
        }
    }

    /**
     * Waits for a result.
     *
     * @throws Late when there is none in time
     */
    static <V> V await(CompletableFuture<V> result, long nanos, String what) throws BrowseException {
        try {
            return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(what + ": not there in " + Duration.ofNanos(nanos).toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowseException.Unavailable(what + ": the wait was interrupted", e);
        } catch (ExecutionException e) {
            throw cause(what, e.getCause());
        }
    }

    /** Whether it is the wait that has ended, not the work. */
    static boolean isLate(BrowseException e) {
        return e instanceof BrowseException.Unavailable && e.getCause() instanceof TimeoutException;
    }

    private static BrowseException late(String message, TimeoutException cause) {
        return new BrowseException.Unavailable(message + "; it goes on, another try may find it", cause);
    }

    /** Made anew, as each who waits wants a stack trace of his own. */
    private static BrowseException cause(String what, Throwable cause) {
        if (cause instanceof BrowseException.Damaged) {
            return new BrowseException.Damaged(cause.getMessage(), cause);
        }
        if (cause instanceof BrowseException.Gone) {
            return new BrowseException.Gone(cause.getMessage());
        }
        if (cause instanceof BrowseException) {
            return new BrowseException.Unavailable(cause.getMessage(), cause);
        }
        return new BrowseException.Unavailable(what + ": " + cause, cause);
    }

    /** Nobody waits any longer: what was not begun never will be. */
    void end() {
        flying.values().forEach(each -> each.completeExceptionally(new BrowseException.Gone("cannot go on: closed")));
    }
}
