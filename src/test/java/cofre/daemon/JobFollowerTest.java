package cofre.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.control.AccessRule;
import cofre.control.Caller;
import cofre.control.ControlClient;
import cofre.control.ControlEvent;
import cofre.control.ControlLimits;
import cofre.control.ControlServer;
import cofre.control.NioListener;
import cofre.progress.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job asked for, followed, cancelled and left over the control socket. */
@Timeout(30)
class JobFollowerTest {
    @TempDir
    private Path dir;

    private final CountDownLatch release = new CountDownLatch(1);
    private Jobs jobs;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        jobs = new Jobs(JobHistory.open(dir.resolve("jobs.json"), 10), Clock.systemUTC(), System::nanoTime, 2);
        JobFollower follower = new JobFollower(jobs);
        server = new ControlServer(
                NioListener.at(dir.resolve("s"), () -> new Caller(0, 0)),
                AccessRule.of(0, OptionalLong.empty(), uid -> false),
                Map.of(
                        "wait",
                        (request, reply) -> follower.follow(jobs.submit(spec(), this::waitForRelease), reply),
                        "fail",
                        (request, reply) -> follower.follow(
                                jobs.submit(spec(), p -> {
                                    throw new JobException(11, "cannot lock repository r: held", null);
                                }),
                                reply)),
                ControlLimits.STANDARD);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        jobs.close();
    }

    private static JobSpec spec() {
        return new JobSpec("backup", "obras", Set.of("share:obras"));
    }

    private JobOutcome waitForRelease(cofre.progress.Progress progress) throws InterruptedException {
        progress.message(Level.INFO, "begun");
        release.await();
        return new JobOutcome(3, Map.of("files", 2L));
    }

    @Test
    void tellsTheCallerAllOfIt() throws Exception {
        try (ControlClient client = ControlClient.connect(dir.resolve("s"))) {
            client.send("wait", Map.of());
            assertThat(client.next()).contains(new ControlEvent.Accepted(1));
            assertThat(client.next()).contains(new ControlEvent.Message(Level.INFO, "begun"));
            jobs.tick();
            assertThat(client.next().orElseThrow()).isInstanceOf(ControlEvent.Progress.class);
            release.countDown();
            assertThat(client.next())
                    .contains(new ControlEvent.Result(3, "", Map.of("files", 2L, "job", 1L, "state", "done")));
        }
    }

    @Test
    void passesOnWhyAJobFailed() throws Exception {
        try (ControlClient client = ControlClient.connect(dir.resolve("s"))) {
            client.send("fail", Map.of());
            assertThat(client.next()).contains(new ControlEvent.Accepted(1));
            assertThat(client.next()).contains(new ControlEvent.Result(11, "cannot lock repository r: held", Map.of()));
        }
    }

    @Test
    void cancelsForTheCaller() throws Exception {
        try (ControlClient client = ControlClient.connect(dir.resolve("s"))) {
            client.send("wait", Map.of());
            assertThat(client.next()).contains(new ControlEvent.Accepted(1));
            client.cancel();
            ControlEvent event = client.next().orElseThrow();
            while (!(event instanceof ControlEvent.Result)) {
                event = client.next().orElseThrow();
            }
            assertThat(event).isEqualTo(new ControlEvent.Result(130, "", Map.of("job", 1L, "state", "cancelled")));
        }
    }

    @Test
    void aJobGoesOnWhenTheCallerLeaves() throws Exception {
        try (ControlClient client = ControlClient.connect(dir.resolve("s"))) {
            client.send("wait", Map.of());
            assertThat(client.next()).contains(new ControlEvent.Accepted(1));
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        jobs.tick();
        release.countDown();
        while (!jobs.view(1).orElseThrow().state().isEnd()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            jobs.tick();
        }
        assertThat(jobs.view(1).orElseThrow().state()).isEqualTo(JobState.DONE);
    }
}
