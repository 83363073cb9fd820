package cofre.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.control.AccessRule;
import cofre.control.Caller;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlLimits;
import cofre.control.ControlRequest;
import cofre.control.ControlServer;
import cofre.control.Exit;
import cofre.control.NioListener;
import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a daemon that answers from a script, over a real socket. */
@Timeout(30)
class CliTest {
    @TempDir
    private Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<ControlRequest> asked = new AtomicReference<>();
    private final AtomicReference<Runnable> ctrlC = new AtomicReference<>(() -> {});
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final FakeLaunchers launchers = new FakeLaunchers();
    private CommandHandler script = (request, reply) -> reply.result(0, Map.of());
    private boolean interactive;
    private ControlServer server;

    @BeforeEach
    void startDaemon() throws IOException {
        CommandHandler scripted = (request, reply) -> {
            asked.set(request);
            script.handle(request, reply);
        };
        Map<String, CommandHandler> handlers = new LinkedHashMap<>();
        for (String name : List.of(
                "init",
                "backup",
                "points",
                "ls",
                "restore",
                "info",
                "check",
                "status",
                "key-export",
                "key-list",
                "key-add",
                "key-remove",
                "key-passwd",
                "samba")) {
            handlers.put(name, scripted);
        }
        server = new ControlServer(
                NioListener.at(dir.resolve("s"), () -> new Caller(0, 0)),
                AccessRule.of(0, OptionalLong.empty(), uid -> false),
                handlers,
                ControlLimits.STANDARD);
        server.start();
    }

    @AfterEach
    void stopDaemon() {
        server.close();
    }

    @Test
    void listsPointsAsATable() {
        script = (request, reply) -> {
            reply.item(row(
                    "point",
                    "0a1b2c3d",
                    "time",
                    "yesterday",
                    "share",
                    "obras",
                    "host",
                    "fs1",
                    "files",
                    1200L,
                    "bytes",
                    5L << 20,
                    "added_bytes",
                    1536L,
                    "stored_bytes",
                    700L));
            reply.item(row(
                    "point",
                    "99887766",
                    "time",
                    "today",
                    "share",
                    "Obras Públicas",
                    "host",
                    "fs1",
                    "files",
                    3L,
                    "bytes",
                    12L));
        };
        assertThat(run("points", "--share", "obras")).isZero();
        assertThat(asked.get().args().values()).isEqualTo(Map.of("share", "obras"));
        assertThat(out()).isEqualTo("""
                POINT     TIME       SHARE           HOST  FILES     SIZE    ADDED  STORED
                0a1b2c3d  yesterday  obras           fs1    1200  5.0 MiB  1.5 KiB   700 B
                99887766  today      Obras Públicas  fs1       3     12 B
                """);
    }

    @Test
    void printsEventsAsJsonLines() {
        script = (request, reply) -> {
            reply.accepted(7);
            reply.item(row("share", "obras", "point", "0a1b2c3d"));
            reply.message(Level.WARNING, "cannot read x");
            reply.result(Exit.INCOMPLETE, Map.of("job", 7L));
        };
        assertThat(run("backup", "obras", "--json")).isEqualTo(3);
        assertThat(out()).isEqualTo("""
                {"event":"accepted","job":7}
                {"event":"item","row":{"share":"obras","point":"0a1b2c3d"}}
                {"event":"message","level":"warning","text":"cannot read x"}
                {"event":"result","exit":3,"data":{"job":7}}
                """);
        assertThat(err()).isEmpty();
    }

    @Test
    void tellsOfABackupShareByShare() {
        script = (request, reply) -> {
            reply.accepted(7);
            reply.item(row(
                    "share",
                    "obras",
                    "point",
                    "0a1b2c3d",
                    "files",
                    12L,
                    "bytes",
                    2048L,
                    "files_changed",
                    2L,
                    "added_bytes",
                    10L,
                    "looks",
                    17L,
                    "method",
                    "zfs send",
                    "seconds",
                    65L));
        };
        assertThat(run("--quiet", "backup", "--all")).isZero();
        assertThat(asked.get().args().values()).isEqualTo(Map.of("all", true));
        assertThat(out())
                .isEqualTo(
                        "obras: point 0a1b2c3d, 12 files, 2.0 KiB; 2 files were new or changed, 10 B added; 17 looked at (zfs send); took 1:05\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void listsFilesLikeLs() {
        script = (request, reply) -> {
            reply.item(
                    row("type", "dir", "mode", 01777L, "uid", 0L, "gid", 0L, "size", 0L, "mtime", "x", "path", "/a"));
            reply.item(row(
                    "type",
                    "file",
                    "mode",
                    04711L,
                    "uid",
                    1001L,
                    "gid",
                    70L,
                    "size",
                    123L,
                    "mtime",
                    "x",
                    "path",
                    "/a/caf\\xe9 \\x5c"));
            reply.item(row(
                    "type", "symlink", "mode", 0777L, "uid", 0L, "gid", 0L, "size", 1L, "mtime", "x", "path", "/l",
                    "target", "a"));
        };
        assertThat(run("ls", "latest", "/a/caf\\xe9", "-r")).isZero();
        assertThat(asked.get().args().values())
                .isEqualTo(Map.of("point", "latest", "path", "/a/caf\\xe9", "recursive", true));
        assertThat(out()).isEqualTo("""
                drwxrwxrwt      0      0            0 x /a
                -rws--x--x   1001     70          123 x /a/caf\\xe9 \\x5c
                lrwxrwxrwx      0      0            1 x /l -> a
                """);
    }

    @Test
    void escapesWhatATerminalWouldActUpon() {
        String hostile = "\u001b]0;owned\u0007\r\n\u202egnp.exe\u0085";
        script = (request, reply) -> {
            reply.message(Level.INFO, hostile);
            reply.item(row("point", hostile, "share", hostile, "time", hostile));
            throw new CommandException(1, hostile);
        };
        assertThat(run("points")).isEqualTo(1);
        script = (request, reply) -> {
            reply.item(row("point", hostile, "share", hostile, "time", hostile));
            reply.result(0, Map.of("text", hostile, hostile, hostile));
        };
        run("points");
        run("info");
        run("samba", "s");
        run("status");
        run("ls", "p");
        run("check");
        run("key", "list");
        run("key", "sheet");
        run("accept", "r");
        assertThat(out() + err())
                .contains("\\x1b]0;owned\\x07\\x0d")
                .doesNotContain("\u001b", "\u0007", "\r", "\u202e", "\u0085");
    }

    @Test
    void passesOnTheExitStatus() {
        for (int exit : new int[] {0, 1, 3, 10, 11, 12, 130}) {
            script = (request, reply) -> reply.result(exit, Map.of());
            assertThat(run("check")).isEqualTo(exit);
        }
        script = (request, reply) -> {
            throw new CommandException(Exit.WRONG_PASSWORD, "cannot open repository central: wrong password");
        };
        assertThat(run("info")).isEqualTo(12);
        assertThat(err()).isEqualTo("cannot open repository central: wrong password\n");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        assertThat(run("backup")).isEqualTo(2);
        assertThat(err()).contains("no share vs names of shares, or --all").contains("`cofre backup --help`");
        assertThat(run("restore", "latest")).isEqualTo(2);
        assertThat(run("restore", "latest", "--target", "/t", "--overwrite", "maybe"))
                .isEqualTo(2);
        assertThat(run("ls", "latest", "a\\b")).isEqualTo(2);
        assertThat(run("bakcup")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("key")).isEqualTo(2);
        assertThat(asked.get()).isNull();
    }

    @Test
    void saysWhenThereIsNoDaemon() {
        server.close();
        assertThat(run("status")).isEqualTo(1);
        assertThat(err()).contains("nobody listens at " + dir.resolve("s")).contains("service cofred start");
    }

    @Test
    void saysWhenTheDaemonGoesAway() {
        script = (request, reply) -> {
            server.close();
            waiting.await();
        };
        assertThat(run("status")).isEqualTo(1);
        assertThat(err()).contains("the daemon closed the connection");
    }

    @Test
    void sendsARestoreAsAsked() {
        assertThat(run(
                        "restore",
                        "latest:obras",
                        "--path",
                        "/a",
                        "--path",
                        "/b\\xff",
                        "--target",
                        "t",
                        "--dry-run",
                        "--verify",
                        "--overwrite",
                        "never"))
                .isZero();
        assertThat(asked.get().args().values())
                .isEqualTo(Map.of(
                        "point",
                        "latest:obras",
                        "paths",
                        List.of("/a", "/b\\xff"),
                        "target",
                        System.getProperty("user.dir") + "/t",
                        "dry_run",
                        true,
                        "verify",
                        true,
                        "overwrite",
                        "never"));
    }

    @Test
    void drawsOneLineOnATerminalAndTakesItAwayForOthers() {
        interactive = true;
        script = (request, reply) -> {
            reply.progress(new ProgressReport("reading", 12, 40, 1 << 20, 4 << 20, 1 << 19, 2000));
            awaitDrawn("0:06 left");
            reply.message(Level.WARNING, "cannot read x");
        };
        run("check");
        assertThat(err())
                .isEqualTo(
                        "\r\u001b[Kreading: 12 of 40 files, 1.0 MiB of 4.0 MiB, 25 %, 512.0 KiB/s, 0:06 left\r\u001b[Kwarning: cannot read x\n");
    }

    @Test
    void writesALineNowAndThenIntoALog() {
        script = (request, reply) -> {
            reply.progress(new ProgressReport("reading", 1, 0, 0, 0, 0, 0));
            reply.message(Level.INFO, "begun");
            awaitDrawn("begun");
            nanos.addAndGet(31_000_000_000L);
            reply.progress(new ProgressReport("reading", 2, 0, 5, 0, 0, 0));
            awaitDrawn("reading: 2 files, 5 B");
        };
        run("check");
        assertThat(err()).isEqualTo("begun\nreading: 2 files, 5 B\n");
    }

    @Test
    void theFirstCtrlCCancelsAndWaits() {
        script = (request, reply) -> {
            // On a thread of its own, as the JVM does: the handler's is about to be interrupted.
            new Thread(ctrlC.get()).start();
            waiting.await();
        };
        assertThat(run("check")).isEqualTo(130);
        assertThat(err()).contains("Cancelling; press Ctrl-C again").contains("cancelled");
    }

    @Test
    void theSecondCtrlCLeaves() {
        script = (request, reply) -> {
            reply.onCancel(() -> {});
            ctrlC.get().run();
            ctrlC.get().run();
            waiting.await();
        };
        assertThat(run("check")).isEqualTo(130);
        assertThat(err()).contains("Left. `cofre status`");
        waiting.countDown();
    }

    @Test
    void detachLeavesAsSoonAsTheWorkIsAccepted() {
        script = (request, reply) -> {
            reply.onDetach(() -> {});
            reply.accepted(9);
            waiting.await();
        };
        assertThat(run("backup", "obras", "--detach")).isZero();
        assertThat(err()).contains("job 9").contains("goes on");
        waiting.countDown();
    }

    @Test
    void checksAConfigurationWithoutADaemon() {
        server.close();
        assertThat(run("config", "check", "--config", "/c.toml")).isZero();
        assertThat(out()).isEqualTo("/c.toml can be used.\n");
        launchers.faults.add("line 3: wrong\u001b");
        assertThat(run("config", "check")).isEqualTo(1);
        assertThat(err()).isEqualTo("/default.toml: line 3: wrong\\x1b\n");
    }

    @Test
    void handsTheRestServerItsFlags() {
        run(
                "rest-server",
                "--path",
                "/r",
                "--listen",
                "127.0.0.1:0",
                "--append-only",
                "--private-repos",
                "--tls",
                "--tls-cert",
                "/c",
                "--max-size",
                "1000");
        RestServerFlags flags = launchers.flags.get();
        assertThat(flags.path()).isEqualTo(Path.of("/r"));
        assertThat(flags.listen()).isEqualTo("127.0.0.1:0");
        assertThat(flags.auth().appendOnly() && flags.auth().privateRepos()).isTrue();
        assertThat(flags.auth().noAuth()).isFalse();
        assertThat(flags.tls().cert()).contains(Path.of("/c"));
        assertThat(flags.quota()).isEqualTo(new RestServerFlags.Quota(1000, 0));
    }

    @Test
    void aNewPasswordTypedTwiceAlikeGoesToTheDaemonAndNowhereElse() throws Exception {
        launchers.typed.addAll(List.of("canary \u00e9", "canary \u00e9"));
        assertThat(run("key", "add")).isZero();
        assertThat(asked.get().command()).isEqualTo("key-add");
        String sent = asked.get().args().needText("new_password");
        assertThat(new String(java.util.Base64.getDecoder().decode(sent), StandardCharsets.UTF_8))
                .isEqualTo("canary \u00e9");
        assertThat(out() + err()).doesNotContain("canary", sent);
        launchers.typed.addAll(List.of("one", "other"));
        asked.set(null);
        assertThat(run("key", "passwd")).isEqualTo(1);
        assertThat(err()).contains("they differ");
        assertThat(asked.get()).isNull();
    }

    @Test
    void aNewPasswordMayComeFromAPipe() throws Exception {
        assertThat(run("key", "passwd", "--new-password-file", "-")).isZero();
        assertThat(java.util.Base64.getDecoder().decode(asked.get().args().needText("new_password")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("from a pipe\n");
    }

    @Test
    void explainsEveryOptionAndArgument() {
        for (String command : List.of(
                "daemon",
                "rest-server",
                "init",
                "backup",
                "points",
                "ls",
                "restore",
                "info",
                "check",
                "status",
                "version",
                "samba",
                "trust",
                "accept",
                "key list",
                "key add",
                "key remove",
                "key passwd",
                "key export",
                "key sheet")) {
            out.reset();
            assertThat(run((command + " --help").split(" "))).isZero();
            assertThat(out().replaceAll("\n {20,}", "  text")
                            .lines()
                            .filter(l -> l.matches("\\s+(-\\w, )?(--\\S+|[A-Z]+|\\[[A-Z]+\\.*\\])\\s*"))
                            .toList())
                    .as("without a description in " + command + ":\n" + out())
                    .isEmpty();
        }
    }

    private void awaitDrawn(String text) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!err().contains(text)) {
            assertThat(System.nanoTime()).as("waiting for " + text).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return row;
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add(0, dir.resolve("s").toString());
        all.add(0, "--socket");
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                100,
                nanos::get,
                ctrlC::set);
        return new Cli(launchers, terminal, Path.of("/default.toml")).run(all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Notes what it was asked to start. */
    private static final class FakeLaunchers implements Launchers {
        private final List<String> faults = new ArrayList<>();
        private final List<String> typed = new ArrayList<>();
        private final AtomicReference<RestServerFlags> flags = new AtomicReference<>();

        @Override
        public int daemon(Path config) {
            return 0;
        }

        @Override
        public int restServer(RestServerFlags given) {
            flags.set(given);
            return 0;
        }

        @Override
        public List<String> configFaults(Path config) {
            return faults;
        }

        @Override
        public java.util.Optional<Path> socketOf(Path config) {
            return java.util.Optional.empty();
        }

        @Override
        public java.util.Optional<char[]> typedUnseen(String prompt) {
            return typed.isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(typed.remove(0).toCharArray());
        }

        @Override
        public byte[] standardInput(int most) {
            return "from a pipe\n".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, String> versionFacts() {
            return Map.of("cofre", "1");
        }
    }
}
