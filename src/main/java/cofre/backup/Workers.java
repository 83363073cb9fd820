package cofre.backup;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads and a short queue. Whoever hands over work while the queue is full waits, which is what bounds the
 * memory of a run.
 */
final class Workers {
    private static final int QUEUE_PER_THREAD = 64;
    private static final long STOP_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    Workers(String name, int count) {
        threads = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_PER_THREAD * count), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.setRejectedExecutionHandler((task, pool) -> {
            try {
                if (pool.isShutdown()) {
                    throw new RejectedExecutionException("the run is over");
                }
                pool.getQueue().put(task);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RejectedExecutionException("interrupted while handing over work", e);
            }
        });
    }

    /** Hands over work, waiting while the queue is full. An interrupt ends the wait with the flag set. */
    void submit(Runnable task) throws InterruptedException {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while handing over work");
            }
            throw e;
        }
    }

    /**
     * Interrupts what is still being done and waits a bounded time for it to end, whether interrupted or not: what the
     * threads use may be closed only after them.
     *
     * @return whether all have ended
     */
    boolean stop() {
        threads.shutdownNow();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true; // waits anew: a run is interrupted once or twice, not for ever
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
