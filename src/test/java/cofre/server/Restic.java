package cofre.server;

import cofre.testkit.Await;
import cofre.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A real restic as a client of a server under test. */
record Restic(String version, String repository, Path scratch, List<String> options) {

    record Result(int exit, String output) {}

    static Restic of(String version, String url, Path scratch) {
        return new Restic(version, "rest:" + url, scratch, List.of());
    }

    /** A repository opened in place. */
    static Restic local(String version, Path repository, Path scratch) {
        return new Restic(version, repository.toString(), scratch, List.of());
    }

    Restic with(String... more) {
        return new Restic(version, repository, scratch, List.of(more));
    }

    /** Runs it; the test fails when it does not succeed. */
    String run(String... arguments) throws Exception {
        Result result = attempt(arguments);
        if (result.exit != 0) {
            throw new AssertionError(
                    "restic " + version + " " + List.of(arguments) + " exit " + result.exit + ":\n" + result.output);
        }
        return result.output;
    }

    /** Runs it, whatever comes of it. */
    Result attempt(String... arguments) throws Exception {
        Path output = Files.createTempFile(scratch, "restic", ".out");
        Process process = start(output, arguments);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(
                    "restic did not end in time: " + List.of(arguments) + "\n" + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }

    /** Runs it until the server's log shows something, then kills it: restic itself would try for many minutes. */
    void killWhenLogged(Path accessLog, String pattern, String... arguments) throws Exception {
        Process process = start(Files.createTempFile(scratch, "restic", ".out"), arguments);
        try {
            Await.until(
                    "the log shows " + pattern,
                    Duration.ofSeconds(60),
                    () -> Pattern.compile(pattern)
                            .matcher(Files.readString(accessLog))
                            .find());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Tools.find("restic-" + version).toString());
        command.addAll(List.of("--no-cache", "-r", repository));
        command.addAll(options);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("RESTIC_PASSWORD", "test", "HOME", scratch.toString()));
        return builder.start();
    }
}
