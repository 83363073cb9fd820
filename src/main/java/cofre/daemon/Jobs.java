package cofre.daemon;

import cofre.control.Exit;
import cofre.progress.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a daemon: waiting, running, and the last ones that have ended. A job runs as soon as no other job that
 * runs, or waits before it, has a key in common with it. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** Less than the ten seconds a service manager is promised. */
    private static final Duration STOP = Duration.ofSeconds(8);

    private final JobHistory history;
    private final Clock clock;
    private final Ticker ticker;
    private final int maxRunning;
    private final Map<Long, Job> waiting = new LinkedHashMap<>();
    private final Map<Long, Job> running = new LinkedHashMap<>();
    private final Map<Long, Thread> threads = new LinkedHashMap<>();
    private long lastId;
    private boolean closed;

    /**
     * No jobs but those {@code history} remembers.
     *
     * @param clock labels jobs with the time
     * @param ticker measures rates
     * @param maxRunning jobs at the same time, at least 1, light ones aside
     */
    public Jobs(JobHistory history, Clock clock, Ticker ticker, int maxRunning) {
        this.history = history;
        this.clock = clock;
        this.ticker = ticker;
        this.maxRunning = maxRunning;
        this.lastId = history.newest();
    }

    /**
     * Queues work and returns its number.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized long submit(JobSpec spec, JobWork work) {
        if (closed) {
            throw new IllegalStateException("cannot take job " + spec.kind() + ": the daemon is stopping");
        }
        Job job = new Job(++lastId, spec, work, clock.instant());
        waiting.put(job.id, job);
        LOG.info("event=job_queued job={} kind={} title=\"{}\"", job.id, spec.kind(), spec.title());
        startWhatCan();
        return job.id;
    }

    private void startWhatCan() {
        if (closed) {
            return;
        }
        Set<String> taken = new HashSet<>();
        running.values().forEach(job -> taken.addAll(job.keys()));
        for (Job job : List.copyOf(waiting.values())) {
            boolean free = job.keys().stream().noneMatch(taken::contains);
            if (free && (job.spec.isLight() || heavy() < maxRunning)) {
                start(job);
            }
            // Keys of those that wait count as taken: nobody is overtaken for ever.
            taken.addAll(job.keys());
        }
    }

    private long heavy() {
        return running.values().stream().filter(job -> !job.spec.isLight()).count();
    }

    private void start(Job job) {
        waiting.remove(job.id);
        running.put(job.id, job);
        Thread thread = new Thread(() -> run(job), "job-" + job.id);
        thread.setDaemon(true);
        threads.put(job.id, thread);
        job.begin(clock.instant(), ticker, thread);
        thread.start();
    }

    private void run(Job job) {
        LOG.info("event=job_started job={} kind={} title=\"{}\"", job.id, job.spec.kind(), job.spec.title());
        if (!job.spec.isLight()) {
            history.put(job.view());
        }
        job.run();
        end(job);
    }

    private void end(Job job) {
        job.endedAt(clock.instant());
        // An interrupt that came too late must not cut the writing of the history.
        boolean interrupted = Thread.interrupted();
        JobView view = job.view();
        if (job.spec.isLight() && view.exit() == Exit.OK && view.warnings() == 0) {
            history.pass(view);
        } else {
            history.put(view);
        }
        LOG.info(
                "event=job_ended job={} state={} exit={} error=\"{}\"",
                job.id,
                view.state(),
                view.exit(),
                view.error());
        synchronized (this) {
            waiting.remove(job.id);
            running.remove(job.id);
            threads.remove(job.id);
            startWhatCan();
        }
        job.each(listener -> listener.ended(view));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks a job to stop; false when it has ended already or never was. It has stopped when its state says so. */
    public boolean cancel(long id) {
        Job job = alive(id).orElse(null);
        if (job == null || job.hasEnded()) {
            return false;
        }
        boolean neverBegan;
        synchronized (this) {
            neverBegan = !job.interrupt() && waiting.remove(id) != null;
        }
        if (neverBegan) {
            job.failed(Exit.INTERRUPTED, "cancelled");
            end(job);
        }
        return true;
    }

    private synchronized Optional<Job> alive(long id) {
        return Optional.ofNullable(running.getOrDefault(id, waiting.get(id)));
    }

    /** The job as it is now; empty when there never was one, or it has been forgotten. */
    public Optional<JobView> view(long id) {
        return alive(id).map(Job::view).or(() -> history.find(id));
    }

    /** All jobs that run or wait, then those that ended, the newest of these first. */
    public List<JobView> list() {
        List<Job> alive;
        synchronized (this) {
            alive = new ArrayList<>(running.values());
            alive.addAll(waiting.values());
        }
        List<JobView> views = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        alive.forEach(job -> views.add(job.view()));
        views.forEach(view -> seen.add(view.id()));
        history.list().stream().filter(view -> !seen.contains(view.id())).forEach(views::add);
        return views;
    }

    /** Lets {@code listener} hear a job; one that has ended is told at once. Runs what is returned to stop hearing. */
    public Runnable listen(long id, JobListener listener) {
        Optional<Job> job = alive(id);
        if (job.isEmpty()) {
            history.find(id).ifPresent(listener::ended);
            return () -> {};
        }
        job.get().listen(listener);
        return () -> job.get().unlisten(listener);
    }

    /** Tells all listeners how far their jobs have come. Called a few times a second by the daemon's clockwork. */
    public void tick() {
        List<Job> alive;
        synchronized (this) {
            alive = new ArrayList<>(running.values());
            alive.addAll(waiting.values());
        }
        for (Job job : alive) {
            job.each(listener -> listener.progress(job.view().report()));
        }
    }

    /** Cancels every job, waits a bounded time for them to stop, and takes no more. */
    @Override
    public void close() {
        List<Long> ids;
        List<Thread> toJoin;
        synchronized (this) {
            closed = true;
            ids = new ArrayList<>(waiting.keySet());
            ids.addAll(running.keySet());
            toJoin = List.copyOf(threads.values());
        }
        ids.forEach(this::cancel);
        long deadline = System.nanoTime() + STOP.toNanos();
        for (Thread thread : toJoin) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive()) {
                LOG.warn("event=job_left thread={} after_s={}", thread.getName(), STOP.toSeconds());
            }
        }
    }
}
