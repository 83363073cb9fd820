package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.server.AccessRules;
import cofre.server.ListenAddress;
import cofre.server.RestServer;
import cofre.server.ServerOptions;
import cofre.testkit.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Password and credentials are nowhere they do not belong, whatever goes well or wrong. */
@Timeout(60)
class SecretsStayInsideTest {
    private static final String CREDENTIAL = "canary-credential-91c0";

    @TempDir
    private Path dir;

    @Test
    void noCanaryIsSaidWrittenOrHandedOn() throws Exception {
        LocalSetup setup = new LocalSetup(dir).writeFiles();
        Path served = Files.createDirectory(dir.resolve("served"));
        Path users = dir.resolve("htpasswd");
        Files.writeString(users, user(CREDENTIAL));
        Path command = passwordCommand();
        List<String> said = new ArrayList<>();
        try (CapturedLog log = new CapturedLog();
                RestServer server = new RestServer(
                        ServerOptions.of(new ListenAddress("127.0.0.1", 0), served, AccessRules.htpasswd(users)),
                        Clock.systemUTC(),
                        System::nanoTime,
                        new SecureRandom())) {
            server.start();
            String url =
                    "rest:http://someone:" + CREDENTIAL + "@" + server.address().getAuthority() + "/r/";
            String table = "[repository.r]\nurl = \"" + url + "\"\npassword_command = [\"" + command + "\"]\n";
            try (DaemonInProcess daemon = new DaemonInProcess(dir, table, setup.shareTable("s", setup.live()))) {
                for (String[] each : COMMANDS) {
                    tell(daemon.run(each), said);
                }
                Files.writeString(users, user("another"));
                server.reload();
                daemon.restart();
                for (String[] each : COMMANDS) {
                    tell(daemon.run(each), said);
                }
                tell(daemon.run("status", "--json"), said);
                tell(daemon.run("config", "check"), said);
            }
            said.addAll(log.lines());
        }
        assertThat(said).hasSizeGreaterThan(20);
        assertThat(String.join("\n", said)).contains("401").doesNotContain(CREDENTIAL, LocalSetup.PASSWORD);
        assertNoneIn(dir.resolve("state"));
        assertThat(Files.readAllLines(dir.resolve("environment")))
                .as("what a child is given")
                .allMatch(line -> line.matches("(LC_ALL|PATH|PWD|SHLVL|OLDPWD|_)=.*"));
        assertThat(Files.readString(dir.resolve("arguments"))).doesNotContain("canary");
    }

    private static final List<String[]> COMMANDS = List.of(
            new String[] {"init", "--json"},
            new String[] {"backup", "s", "--json"},
            new String[] {"points", "--json"},
            new String[] {"info", "--json"},
            new String[] {"ls", "latest", "--json"},
            new String[] {"check", "--read-data", "--json"},
            new String[] {"key", "export"},
            new String[] {"status", "--json"},
            new String[] {"status"});

    private static void tell(Answer answer, List<String> said) {
        said.add(answer.out());
        said.add(answer.err());
    }

    private Path passwordCommand() throws Exception {
        Path command = Files.writeString(
                dir.resolve("print-password"),
                "#!/bin/sh\nenv >" + dir.resolve("environment") + "\necho \"$0 $*\" >" + dir.resolve("arguments")
                        + "\necho " + LocalSetup.PASSWORD + "\n");
        return Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    private static String user(String password) {
        byte[] salt = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
        return "someone:" + OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, 4) + "\n";
    }

    private static void assertNoneIn(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(CREDENTIAL, LocalSetup.PASSWORD);
            }
        }
    }
}
