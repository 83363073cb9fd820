package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.schedule.Agenda;
import cofre.schedule.Due;
import cofre.schedule.Jitter;
import cofre.schedule.Pauses;
import cofre.schedule.Schedule;
import cofre.schedule.Standing;
import cofre.schedule.Task;
import cofre.state.ScheduleMemory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of the configuration, how far they have come, and what is paused; remembered across restarts. Thread-safe. */
public final class Scheduling {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);

    /**
     * By which clocks tasks are due.
     *
     * @param wall the clock people read, which may be set
     * @param nanos one that is never set
     * @param zone of the clock people read
     */
    public record Clocks(Clock wall, LongSupplier nanos, ZoneId zone) {}

    private final Supplier<CofreConfig> config;
    private final ScheduleMemory memory;
    private final Clocks clocks;
    private final Agenda agenda;
    private ScheduleMemory.Tasks written;

    /**
     * Goes on where the last one ended.
     *
     * @param host this host's name: others with the same schedule are to be delayed differently
     */
    public Scheduling(Supplier<CofreConfig> config, ScheduleMemory memory, Clocks clocks, String host) {
        this.config = config;
        this.memory = memory;
        this.clocks = clocks;
        this.written = read(memory);
        Map<String, Standing> standings = new TreeMap<>();
        written.tasks()
                .forEach(
                        (name, task) -> standings.put(name, new Standing(task.schedule(), task.since(), task.begun())));
        this.agenda = new Agenda(
                clocks.zone(),
                new Jitter(host, config.get().daemon().scheduleJitter()),
                standings,
                new Pauses(written.allPaused(), written.paused()));
    }

    private static ScheduleMemory.Tasks read(ScheduleMemory memory) {
        try {
            return memory.read();
        } catch (IOException e) {
            LOG.warn("event=schedules_unreadable cause=\"{}\"; tasks wait for their next due time", e.toString());
            return ScheduleMemory.Tasks.NONE;
        }
    }

    /** The name of the task that backs a share up. */
    static String backup(String share) {
        return "share:" + share;
    }

    /** The name of the task that takes snapshots of a share that stay here. */
    static String local(String share) {
        return "local:" + share;
    }

    /** The name of the task that checks a repository. */
    static String check(String repository) {
        return "check:" + repository;
    }

    /** The name of the task that forgets points of a repository. */
    static String forget(String repository) {
        return "forget:" + repository;
    }

    /** All tasks there are now, shares first. */
    List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        CofreConfig now = config.get();
        now.shares().values().forEach(share -> add(tasks, backup(share.name()), share.schedule(), "backup"));
        now.shares()
                .values()
                .forEach(share -> add(tasks, local(share.name()), share.local().schedule(), "local"));
        now.repositories().values().forEach(repository -> care(tasks, repository));
        return tasks;
    }

    private static void care(List<Task> tasks, RepositorySettings repository) {
        String check = check(repository.name());
        add(tasks, check, repository.care().checkSchedule(), check);
        String forget = forget(repository.name());
        add(tasks, forget, repository.care().forget().schedule(), forget);
    }

    private static void add(List<Task> tasks, String name, Schedule schedule, String group) {
        if (!schedule.isNever()) {
            tasks.add(new Task(name, schedule, group));
        }
    }

    /** What is to be begun now; each counts as begun until {@link #ended} or {@link #stopped}. */
    synchronized List<Due> look() {
        List<Due> due =
                agenda.look(tasks(), clocks.wall().instant(), clocks.nanos().getAsLong());
        remember();
        return due;
    }

    /** What was begun of this task has come to an end, well or not. */
    synchronized void ended(String task) {
        agenda.ended(task);
        remember();
    }

    /** What was begun of this task came to nothing: it is tried again soon. */
    synchronized void failed(String task) {
        agenda.failed(task, clocks.nanos().getAsLong());
        remember();
    }

    /** What was begun of this task was stopped with the daemon: the next one begins it again. */
    synchronized void stopped(String task) {
        agenda.stopped(task);
        remember();
    }

    /** What is paused. */
    synchronized Pauses pauses() {
        return agenda.pauses();
    }

    /** Pauses other tasks, and remembers that. */
    synchronized void pause(UnaryOperator<Pauses> change) throws IOException {
        Pauses before = agenda.pauses();
        agenda.pause(change.apply(before));
        try {
            write(current());
        } catch (IOException e) {
            agenda.pause(before); // what a restart would forget was not done
            throw e;
        }
    }

    /** How long it is at most from now until this is due, or between the two times it is due next; zero for never. */
    Duration interval(Schedule schedule) {
        Instant now = clocks.wall().instant();
        Optional<Instant> first = schedule.next(now, clocks.zone());
        Optional<Instant> second = first.flatMap(time -> schedule.next(time, clocks.zone()));
        Duration wait = first.map(time -> Duration.between(now, time)).orElse(Duration.ZERO);
        Duration gap = second.map(time -> Duration.between(first.get(), time)).orElse(Duration.ZERO);
        return wait.compareTo(gap) > 0 ? wait : gap;
    }

    /** A clock that is never set. */
    LongSupplier nanos() {
        return clocks.nanos();
    }

    /** When a task is begun next. */
    synchronized Optional<Instant> next(String task) {
        return agenda.next(task);
    }

    private ScheduleMemory.Tasks current() {
        Map<String, ScheduleMemory.Task> tasks = new TreeMap<>();
        agenda.standings()
                .forEach((name, standing) -> tasks.put(
                        name, new ScheduleMemory.Task(standing.schedule(), standing.since(), standing.begun())));
        return new ScheduleMemory.Tasks(
                tasks, agenda.pauses().all(), agenda.pauses().names());
    }

    /** A disk that is full stops no schedule; at worst a restart does something again. */
    private void remember() {
        ScheduleMemory.Tasks now = current();
        if (!now.equals(written)) {
            try {
                write(now);
            } catch (IOException e) {
                LOG.warn("event=schedules_not_written cause=\"{}\"", e.toString());
                written = now; // not again each second: the next change tries again
            }
        }
    }

    private void write(ScheduleMemory.Tasks now) throws IOException {
        memory.write(now);
        written = now;
    }
}
