package cofre.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JobsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:15:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path dir;

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private Jobs jobs;

    @BeforeEach
    void open() {
        jobs = newJobs(4);
    }

    @AfterEach
    void close() {
        release.countDown();
        jobs.close();
    }

    private Jobs newJobs(int maxRunning) {
        return new Jobs(JobHistory.open(dir.resolve("jobs.json"), 3), CLOCK, nanos::get, maxRunning);
    }

    @Test
    void runsAJobAndKeepsWhatItCameTo() {
        long id = jobs.submit(spec("backup", "share:a"), progress -> {
            progress.message(Level.WARNING, "cannot read x");
            return new JobOutcome(3, Map.of("files", 7L));
        });
        JobView end = awaitEnd(id);
        assertThat(end.state()).isEqualTo(JobState.DONE);
        assertThat(end.exit()).isEqualTo(3);
        assertThat(end.warnings()).isEqualTo(1);
        assertThat(end.messages()).containsExactly(new JobMessage(Level.WARNING, "cannot read x"));
        assertThat(end.data()).isEqualTo(Map.of("files", 7L));
        assertThat(end.ended()).contains(CLOCK.instant());
    }

    @Test
    void jobsWithAKeyInCommonRunOneAfterTheOtherInOrder() {
        long a = jobs.submit(spec("a", "share:1", "repo"), p -> waitAndNote("a"));
        long b = jobs.submit(spec("b", "share:2", "repo"), p -> note("b"));
        long c = jobs.submit(spec("c", "share:2"), p -> note("c"));
        long free = jobs.submit(spec("d", "share:3"), p -> note("d"));
        awaitEnd(free);
        assertThat(jobs.view(b).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        assertThat(jobs.view(c).orElseThrow().state())
                .as("c shares a key with b, which waits")
                .isEqualTo(JobState.QUEUED);
        release.countDown();
        awaitEnd(a);
        awaitEnd(c);
        assertThat(order).containsExactly("d", "a", "b", "c");
    }

    @Test
    void runsOnlySoManyAtOnce() {
        jobs.close();
        jobs = newJobs(1);
        long a = jobs.submit(spec("a", "1"), p -> waitAndNote("a"));
        long b = jobs.submit(spec("b", "2"), p -> note("b"));
        assertThat(jobs.view(b).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        release.countDown();
        awaitEnd(a);
        awaitEnd(b);
        assertThat(order).containsExactly("a", "b");
    }

    @Test
    void cancellingInterruptsTheWork() {
        long id = jobs.submit(spec("a", "1"), p -> waitAndNote("a"));
        assertThat(jobs.cancel(id)).isTrue();
        JobView end = awaitEnd(id);
        assertThat(end.state()).isEqualTo(JobState.CANCELLED);
        assertThat(end.exit()).isEqualTo(130);
        assertThat(jobs.cancel(id)).isFalse();
    }

    @Test
    void anErrorThatFollowsFromCancellingIsNoFailure() {
        long id = jobs.submit(spec("a", "1"), p -> {
            try {
                release.await();
                return new JobOutcome(0, Map.of());
            } catch (InterruptedException e) {
                throw new JobException(1, "cannot reach the store: interrupted", e);
            }
        });
        jobs.cancel(id);
        assertThat(awaitEnd(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aCancelledJobThatWaitsNeverRuns() {
        long a = jobs.submit(spec("a", "1"), p -> waitAndNote("a"));
        long b = jobs.submit(spec("b", "1"), p -> note("b"));
        jobs.cancel(b);
        assertThat(jobs.view(b).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        release.countDown();
        awaitEnd(a);
        assertThat(order).containsExactly("a");
    }

    @Test
    void tellsWhatFailedInItsOwnWordsOnlyWhenTheyAreMeantForPeople() {
        long known = jobs.submit(spec("a", "1"), p -> {
            throw new JobException(12, "cannot open: wrong password", null);
        });
        long fault = jobs.submit(spec("b", "2"), p -> {
            throw new IllegalStateException("canary-secret");
        });
        long memory = jobs.submit(spec("c", "3"), p -> {
            throw new OutOfMemoryError("made up");
        });
        assertThat(awaitEnd(known).error()).isEqualTo("cannot open: wrong password");
        assertThat(awaitEnd(known).exit()).isEqualTo(12);
        assertThat(awaitEnd(fault).error()).contains("a fault of cofre itself").doesNotContain("canary");
        assertThat(awaitEnd(memory).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void listenersHearProgressMessagesAndTheEnd() {
        CountDownLatch counted = new CountDownLatch(1);
        long id = jobs.submit(spec("a", "1"), p -> {
            p.phase("reading");
            p.total(10, 1000);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            p.add(3, 500);
            p.message(Level.INFO, "half way");
            counted.countDown();
            release.await();
            return new JobOutcome(0, Map.of());
        });
        awaitQuietly(counted);
        Heard heard = new Heard();
        jobs.listen(id, heard);
        jobs.tick();
        assertThat(heard.told).containsExactly("half way");
        assertThat(heard.reports).containsExactly(new ProgressReport("reading", 3, 10, 500, 1000, 250, 2000));
        assertThat(heard.reports.get(0).secondsLeft()).isEqualTo(2);
        assertThat(heard.reports.get(0).percent()).isEqualTo(50);
        release.countDown();
        await(() -> heard.end != null);
        assertThat(heard.end.state()).isEqualTo(JobState.DONE);
    }

    @Test
    void whoListensTooLateHearsTheEndAtOnce() {
        long id = jobs.submit(spec("a", "1"), p -> note("a"));
        awaitEnd(id);
        await(() -> jobs.list().get(0).state().isEnd());
        Heard heard = new Heard();
        jobs.listen(id, heard);
        await(() -> heard.end != null);
    }

    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        JobProgress progress = new JobProgress(nanos::get, m -> {});
        progress.phase("reading");
        for (int second = 0; second < 60; second++) {
            nanos.addAndGet(1_000_000_000L);
            progress.add(0, second < 40 ? 100 : 5);
            progress.report();
        }
        assertThat(progress.report().bytesPerSecond()).isEqualTo(5);
        progress.phase("checking");
        assertThat(progress.report()).isEqualTo(new ProgressReport("checking", 0, 0, 0, 0, 0, 60_000));
    }

    @Test
    void remembersTheLastOnesAcrossARestart() {
        for (int i = 0; i < 5; i++) {
            int n = i;
            awaitEnd(jobs.submit(spec("job" + n, "k"), p -> note("x")));
        }
        jobs.close();
        jobs = newJobs(1);
        assertThat(jobs.list()).extracting(JobView::kind).containsExactly("job4", "job3", "job2");
        assertThat(jobs.submit(spec("next", "k"), p -> note("y"))).isEqualTo(6);
    }

    @Test
    void aJobTheDaemonDidNotSurviveHasFailed() {
        CountDownLatch begun = new CountDownLatch(1);
        long id = jobs.submit(spec("a", "1"), p -> {
            begun.countDown();
            return waitAndNote("a");
        });
        awaitQuietly(begun);
        JobView seen = JobHistory.open(dir.resolve("jobs.json"), 3).find(id).orElseThrow();
        assertThat(seen.state()).isEqualTo(JobState.FAILED);
        assertThat(seen.error()).contains("the daemon stopped before it did");
    }

    @Test
    void anUnreadableHistoryIsPutAsideAndNothingIsLostButIt() throws Exception {
        for (String bad : List.of(
                "",
                "{",
                "[]",
                "{\"version\":2}",
                "{\"version\":1,\"newest\":1,\"jobs\":[{}]}",
                "{\"version\":1,\"newest\":1,\"jobs\":[3]}")) {
            Path file = Files.writeString(dir.resolve("bad.json"), bad);
            assertThat(JobHistory.open(file, 3).list()).as(bad).isEmpty();
            assertThat(file).doesNotExist();
            assertThat(dir.resolve("bad.json.bad")).hasContent(bad);
        }
    }

    @Test
    void aStopCancelsEverythingAndTakesNoMore() {
        long a = jobs.submit(spec("a", "1"), p -> waitAndNote("a"));
        long b = jobs.submit(spec("b", "1"), p -> note("b"));
        jobs.close();
        assertThat(jobs.view(a).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.view(b).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(order).isEmpty();
        assertThatThrownBy(() -> jobs.submit(spec("c", "1"), p -> note("c"))).isInstanceOf(IllegalStateException.class);
    }

    private JobOutcome note(String name) {
        order.add(name);
        return new JobOutcome(0, Map.of());
    }

    private JobOutcome waitAndNote(String name) throws InterruptedException {
        release.await();
        return note(name);
    }

    private static JobSpec spec(String kind, String... keys) {
        return new JobSpec(kind, "title", Set.of(keys));
    }

    private JobView awaitEnd(long id) {
        await(() -> jobs.view(id).orElseThrow().ended().isPresent());
        return jobs.view(id).orElseThrow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        await(() -> latch.getCount() == 0);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static final class Heard implements JobListener {
        private final List<ProgressReport> reports = Collections.synchronizedList(new ArrayList<>());
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());
        private volatile JobView end;

        @Override
        public void progress(ProgressReport report) {
            reports.add(report);
        }

        @Override
        public void message(Level level, String text) {
            told.add(text);
        }

        @Override
        public void ended(JobView job) {
            end = job;
        }
    }
}
