package cofre.restore;

import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads of a restore. */
final class Crew implements AutoCloseable {
    /** A piece of work that is done from start to end by one thread. */
    interface Task {
        void run() throws BackendException, RepositoryException, TargetException, InterruptedException;
    }

    /** Longer than a request to the store can take to notice an interrupt. */
    private static final long STOP_SECONDS = 30;

    private final ExecutorService threads;
    private final RunStop stop;

    Crew(int count, RunStop stop) {
        this.stop = stop;
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "cofre-restore");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins all the tasks in this order; once the run has stopped the rest is passed over. */
    CountDownLatch start(List<? extends Task> tasks) {
        CountDownLatch done = new CountDownLatch(tasks.size());
        for (Task task : tasks) {
            threads.execute(() -> {
                try {
                    run(task);
                } finally {
                    done.countDown();
                }
            });
        }
        return done;
    }

    private void run(Task task) {
        if (stop.isSet()) {
            return;
        }
        try {
            task.run();
        } catch (BackendException
                | RepositoryException
                | TargetException
                | InterruptedException
                | RuntimeException
                | Error e) {
            stop.set(e);
        }
    }

    /** Interrupts what is still being done and waits a bounded time for it to end. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted(); // the run was cancelled: but its threads must not outlive it
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("cannot stop the restore's threads within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
