package cofre.command;

import cofre.progress.Ticker;
import cofre.repository.PruneReport;
import cofre.repository.PruneRun;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A prune that comes to an end in order when its job is cancelled or its time is over: what was copied is put to use. It runs
 * on a thread of its own, as cancelling interrupts the job's thread, and an interrupt would end the prune where it is; a second
 * one does just that. For one use.
 */
final class StoppablePrune {
    /** Why a prune was stopped. */
    enum Why {
        /** It was not. */
        NOT,
        /** The job was cancelled. */
        CANCELLED,
        /** Its time is over. */
        TIME_OVER
    }

    private final PruneRun prune;
    private final Ticker ticker;
    private final Optional<Duration> window;
    private final long began;
    private volatile boolean isCancelled;
    private volatile boolean wasAsked;
    private volatile boolean isTimeOver;

    /** @param window after how long it stops; empty: when it is done */
    StoppablePrune(PruneRun prune, Ticker ticker, Optional<Duration> window) {
        this.prune = prune;
        this.ticker = ticker;
        this.window = window;
        this.began = ticker.nanos();
    }

    /** Prunes. Throws {@link InterruptedException} when it was cancelled before there was anything to put to use, or twice. */
    PruneReport run() throws BackendException, RepositoryException, InterruptedException {
        FutureTask<PruneReport> task = new FutureTask<>(() -> prune.run(this::stop));
        Thread worker = new Thread(task, Thread.currentThread().getName() + "-prune");
        worker.setDaemon(true);
        worker.start();
        boolean isCut = false;
        while (true) {
            try {
                return outcome(task, isCut);
            } catch (InterruptedException e) {
                if (task.isDone()) {
                    throw e;
                }
                isCut = isCancelled || !wasAsked;
                isCancelled = true;
                if (isCut) {
                    worker.interrupt();
                }
            }
        }
    }

    private static PruneReport outcome(FutureTask<PruneReport> task, boolean isCut)
            throws BackendException, RepositoryException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (isCut || e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("cancelled"); // a store that was cut off says "unreachable"
            } else if (e.getCause() instanceof BackendException store) {
                throw store;
            } else if (e.getCause() instanceof RepositoryException repository) {
                throw repository;
            } else if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private boolean stop() {
        wasAsked = true;
        if (window.isPresent() && ticker.nanos() - began >= window.get().toNanos()) {
            isTimeOver = true;
        }
        return isCancelled || isTimeOver;
    }

    /** Why it was stopped; to be asked when it has ended. */
    Why why() {
        return isCancelled ? Why.CANCELLED : isTimeOver ? Why.TIME_OVER : Why.NOT;
    }
}
