package cofre.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which tasks are to be begun now. Each due time is dealt with once: by a run that begins at it, or by one run for all that
 * were missed while nobody looked, the task was paused, or a run of it still went on. What this promises when the clock is
 * set: never more than one run of a task for it, and the next due time of the clock as it is then is kept. Not thread-safe.
 */
public final class Agenda {
    private final ZoneId zone;
    private final Jitter jitter;
    private final Map<String, Pace> tasks = new TreeMap<>();
    private final Map<String, Standing> remembered;
    private Pauses pauses;

    /**
     * An agenda that goes on where another ended.
     *
     * @param zone of the clock people read
     * @param remembered what {@link #standings} said last
     */
    public Agenda(ZoneId zone, Jitter jitter, Map<String, Standing> remembered, Pauses pauses) {
        this.zone = zone;
        this.jitter = jitter;
        this.remembered = new TreeMap<>(remembered);
        this.pauses = pauses;
    }

    /**
     * What is to be begun now; each counts as begun, and is not due again before {@link #ended}. A task that was never seen
     * before waits for its first due time.
     *
     * @param wanted all tasks there are now; others are forgotten
     * @param now by the clock on the wall, which may have been set
     * @param nanos by a clock that is never set
     */
    public List<Due> look(Collection<Task> wanted, Instant now, long nanos) {
        Set<String> names = new HashSet<>();
        List<Due> due = new ArrayList<>();
        for (Task task : wanted) {
            names.add(task.name());
            Pace pace = tasks.computeIfAbsent(task.name(), name -> begin(task, now));
            pace.follow(task, now);
            if (!pauses.holds(task.name())) {
                pace.due(now, nanos).ifPresent(due::add);
            }
        }
        tasks.keySet().retainAll(names);
        return due;
    }

    private Pace begin(Task task, Instant now) {
        Standing first = new Standing(task.schedule().toString(), now, 0);
        return new Pace(task, remembered.getOrDefault(task.name(), first), zone, jitter);
    }

    /** What was begun of this task has ended, well or not. */
    public void ended(String name) {
        Pace pace = tasks.get(name);
        if (pace != null) {
            pace.ended();
        }
    }

    /**
     * What was begun of this task has ended, and came to nothing: it is due again after five minutes, then after ten, twenty,
     * forty and eighty, unless its next due time comes first. That is not remembered.
     *
     * @param nanos by a clock that is never set
     */
    public void failed(String name, long nanos) {
        Pace pace = tasks.get(name);
        if (pace != null) {
            pace.failed(nanos);
        }
    }

    /** What was begun of this task was stopped on purpose before its end: it is due again, as if it had not been begun. */
    public void stopped(String name) {
        Pace pace = tasks.get(name);
        if (pace != null) {
            pace.stopped();
        }
    }

    /** What is paused. */
    public Pauses pauses() {
        return pauses;
    }

    /** Pauses these from now on, and no others. */
    public void pause(Pauses these) {
        this.pauses = these;
    }

    /** What has to be remembered so that another agenda goes on from here: of all tasks seen by the last look. */
    public Map<String, Standing> standings() {
        Map<String, Standing> standings = new TreeMap<>();
        tasks.forEach((name, pace) -> standings.put(name, pace.standing()));
        return standings;
    }

    /** When a task is begun next unless it is paused; in the past when that has to wait. Empty for never or unknown. */
    public Optional<Instant> next(String name) {
        return Optional.ofNullable(tasks.get(name)).flatMap(Pace::next);
    }
}
