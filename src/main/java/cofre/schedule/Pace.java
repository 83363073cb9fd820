package cofre.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** How far one task has come. Not thread-safe. */
final class Pace {
    /** Clocks that are kept right by ntpd(8) are set back by less than this. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /** After the clock was set back, a due time so soon after a run counts as that run's, unless they are that close anyway. */
    private static final Duration SAME_RUN = Duration.ofHours(1);

    /** A server that is started anew, a line that is mended: the first try soon, the last some three hours after the failure. */
    private static final Duration FIRST_RETRY = Duration.ofMinutes(5);

    private static final int MAX_RETRIES = 5;

    private final ZoneId zone;
    private final Jitter jitter;
    private Task task;
    private String schedule; // what since belongs to
    private Instant since;
    private int begun;
    private Instant runningTo; // null while nothing of it runs
    private long begunNanos;
    private boolean hasRun;
    private boolean setBack;
    private int retries; // since the last due time that was begun
    private boolean isToRetry;
    private long retryNanos;
    private Instant lastDue = Instant.EPOCH;
    private Instant knownAfter; // what "known" comes after; null for not known yet
    private Optional<Coming> known = Optional.empty();

    Pace(Task task, Standing standing, ZoneId zone, Jitter jitter) {
        this.task = task;
        this.zone = zone;
        this.jitter = jitter;
        this.since = standing.since();
        this.begun = standing.begun();
        this.schedule = standing.schedule();
    }

    /** Takes what the configuration and the clock say now. */
    void follow(Task now, Instant time) {
        if (!task.equals(now)) {
            task = now;
            knownAfter = null;
        }
        if (!schedule.equals(now.schedule().toString())) {
            schedule = now.schedule().toString();
            since = time;
            begun = 0;
        }
        if (since.isAfter(time.plus(SLACK))) {
            since = time; // else nothing would be due before the clock is there again, in a year perhaps
            setBack = hasRun;
        }
    }

    /** Whether it is to be begun now. */
    Optional<Due> due(Instant now, long nanos) {
        Optional<Coming> coming = coming(since);
        if (runningTo != null) {
            return Optional.empty();
        }
        if (coming.isEmpty() || coming.get().begins().isAfter(now)) {
            return retry(now, nanos);
        }
        if (setBack && isOfLastRun(coming.get(), nanos)) {
            since = coming.get().due();
            setBack = false;
            return Optional.empty();
        }
        setBack = false;
        retries = 0;
        return Optional.of(begin(coming.get().due(), now, nanos));
    }

    /** What failed is tried again before its next due time, which then counts from the beginning. */
    private Optional<Due> retry(Instant now, long nanos) {
        if (!isToRetry || nanos - retryNanos < 0) {
            return Optional.empty();
        }
        retries++;
        return Optional.of(begin(lastDue, now, nanos));
    }

    private Due begin(Instant time, Instant now, long nanos) {
        isToRetry = false;
        lastDue = time;
        Due due = new Due(task.name(), time, begun + 1);
        if (due.isGivenUp()) {
            since = now;
            begun = 0;
        } else {
            runningTo = now;
            begun++;
            begunNanos = nanos;
            hasRun = true;
        }
        return due;
    }

    private boolean isOfLastRun(Coming coming, long nanos) {
        Duration half = Duration.between(coming.due(), coming.following()).dividedBy(2);
        Duration passed = Duration.ofNanos(nanos - begunNanos);
        return passed.compareTo(half) < 0 && passed.compareTo(SAME_RUN) < 0;
    }

    /** What is done when all up to {@code done} has been; asked for each second, and found anew only when it is another. */
    private Optional<Coming> coming(Instant done) {
        if (!done.equals(knownAfter)) {
            known = task.schedule().next(done, zone).map(due -> {
                Instant following = task.schedule().next(due, zone).orElse(due);
                return new Coming(due, due.plus(jitter.of(task.group(), due, following)), following);
            });
            knownAfter = done;
        }
        return known;
    }

    void ended() {
        if (runningTo != null) {
            since = runningTo;
            runningTo = null;
            begun = 0;
        }
    }

    void failed(long nanos) {
        boolean wasRunning = runningTo != null;
        ended();
        if (wasRunning && retries < MAX_RETRIES) {
            isToRetry = true;
            retryNanos = nanos + FIRST_RETRY.multipliedBy(1L << retries).toNanos();
        }
    }

    void stopped() {
        if (runningTo != null) {
            runningTo = null;
            begun--;
        }
    }

    Standing standing() {
        return new Standing(schedule, since, begun);
    }

    Optional<Instant> next() {
        return coming(runningTo == null ? since : runningTo).map(Coming::begins);
    }

    /** A due time, when it is begun, and the one after it (itself when there is none). */
    private record Coming(Instant due, Instant begins, Instant following) {}
}
