package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.Engines;
import cofre.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real restic, by its name among the tools, on one repository. */
record Restic(String program, Path repository, Path scratch) {
    /** What a restic said, and how it ended. */
    record Result(int status, String output) {}

    /** Runs it to its end; the test fails unless it succeeds. */
    String succeed(String... arguments) throws Exception {
        Result result = run(arguments);
        assertThat(result.status())
                .as("%s %s: %s", program, List.of(arguments), result.output())
                .isZero();
        return result.output();
    }

    /** Runs it to its end. */
    Result run(String... arguments) throws Exception {
        Path output = Files.createTempFile(scratch, "restic", ".out");
        Process process = start(output, arguments);
        if (!process.waitFor(240, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(program + " " + List.of(arguments) + " hangs: " + text(output));
        }
        return new Result(process.exitValue(), text(output));
    }

    /** Starts it. */
    Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Tools.find(program).toString(), "--no-cache"));
        command.addAll(List.of(arguments));
        // repair packs leaves copies of packs where it is run.
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        builder.environment()
                .putAll(Map.of(
                        "RESTIC_REPOSITORY",
                        repository.toString(),
                        "RESTIC_PASSWORD",
                        Engines.PASSWORD,
                        "HOME",
                        scratch.toString()));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
