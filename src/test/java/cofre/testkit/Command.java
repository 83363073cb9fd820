package cofre.testkit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end in a test, with a deadline and its output in the failure. */
public final class Command {
    private static final long LIMIT_SECONDS = 180;

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment;

    private Command(Map<String, String> environment, List<String> arguments) {
        this.environment = environment;
        this.arguments.addAll(arguments);
    }

    /** A program and its arguments. */
    public static Command of(String... arguments) {
        return new Command(Map.of(), List.of(arguments));
    }

    /** Real restic of that version ({@code 0.18}), with the tests' password, no cache, and this repository. */
    public static Command restic(String version, Path repository, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(Tools.find("restic-" + version).toString(), "--no-cache", "-r", repository.toString()));
        all.addAll(List.of(arguments));
        return new Command(Map.of("RESTIC_PASSWORD", Engines.PASSWORD), all);
    }

    /** The same with a variable of the environment more. */
    public Command with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Command(more, arguments);
    }

    /**
     * What became of a program.
     *
     * @param status its exit status
     * @param output what it printed, errors included
     */
    public record Result(int status, String output) {}

    /** Runs it; any status but 0 fails the test. Gives what it printed, errors included. */
    public String run() throws Exception {
        Result result = runToAnyEnd();
        if (result.status() != 0) {
            throw new AssertionError(arguments + " ended with status " + result.status() + ":\n" + result.output());
        }
        return result.output();
    }

    /** Runs it, whatever its status. */
    public Result runToAnyEnd() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(arguments + " still runs after " + LIMIT_SECONDS + " s:\n" + output);
        }
        return new Result(process.exitValue(), output);
    }
}
