package cofre.daemon;

import cofre.control.CommandException;
import cofre.control.ControlReply;
import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Lets a caller of the control socket follow a job. */
public final class JobFollower {
    private final Jobs jobs;

    /** @param jobs where the jobs to follow are */
    public JobFollower(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Tells {@code reply} all of a job until its end. The caller may cancel the job; when it leaves, the job goes on.
     *
     * @throws CommandException when the job failed, with its status and sentence
     * @throws InterruptedException when the daemon stops
     */
    public void follow(long id, ControlReply reply) throws CommandException, InterruptedException {
        follow(id, reply, List::of);
    }

    /**
     * The same for a job with rows that are too many to be remembered with it.
     *
     * @param rows asked for when the job has ended, and told before those it left behind
     */
    public void follow(long id, ControlReply reply, Supplier<List<Map<String, Object>>> rows)
            throws CommandException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<JobView> end = new AtomicReference<>();
        // Before the caller hears of the job: a cancel that came earlier would end our waiting, and not the job.
        reply.onCancel(() -> jobs.cancel(id));
        reply.onDetach(over::countDown);
        reply.accepted(id);
        Runnable stop = jobs.listen(id, new JobListener() {
            @Override
            public void progress(ProgressReport report) {
                reply.progress(report);
            }

            @Override
            public void message(Level level, String text) {
                reply.message(level, text);
            }

            @Override
            public void ended(JobView job) {
                end.set(job);
                over.countDown();
            }
        });
        try {
            over.await();
        } finally {
            stop.run();
        }
        if (end.get() != null) {
            for (Map<String, Object> row : rows.get()) {
                reply.item(row);
            }
            answer(end.get(), reply);
        }
    }

    @SuppressWarnings("unchecked") // outcomes hold JSON values: the names of an object are text
    private static Map<String, ?> row(Object row) {
        return (Map<String, ?>) row;
    }

    private static void answer(JobView job, ControlReply reply) throws CommandException, InterruptedException {
        if (job.state() == JobState.FAILED) {
            throw new CommandException(job.exit(), job.error());
        }
        Map<String, Object> data = new LinkedHashMap<>(job.data());
        if (data.remove(JobOutcome.ITEMS) instanceof List<?> rows) {
            for (Object row : rows) {
                reply.item(row(row));
            }
        }
        if (data.get(JobOutcome.FAILURE) instanceof String failure) {
            throw new CommandException(job.exit(), failure);
        }
        data.put("job", job.id());
        data.put("state", job.state().name().toLowerCase(Locale.ROOT));
        reply.result(job.exit(), data);
    }
}
