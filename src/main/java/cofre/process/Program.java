package cofre.process;

import cofre.process.ProgramResult.Ending;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One executable, called with an argument vector and never through a shell. It gets an empty standard input and an
 * environment of two variables, {@code LC_ALL=C} (its messages are compared) and a fixed {@code PATH}. Thread-safe.
 */
public final class Program {
    /** Standard output beyond this is not believed: a million snapshots with all columns stay below it. */
    private static final int MAX_OUT_BYTES = 256 << 20;

    /** Enough for any explanation. */
    private static final int MAX_ERR_BYTES = 64 << 10;

    /** Once a program has ended its pipes have an end too, unless a child of it keeps them open. */
    private static final Duration DRAIN_GRACE = Duration.ofSeconds(2);

    private static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C", "PATH", "/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin");

    private final Path executable;
    private final int maxOutBytes;

    /**
     * The program at {@code executable}.
     *
     * @throws IllegalArgumentException when the path is not absolute
     */
    public Program(Path executable) {
        this(executable, MAX_OUT_BYTES);
    }

    Program(Path executable, int maxOutBytes) {
        if (!executable.isAbsolute()) {
            throw new IllegalArgumentException(
                    "cannot run " + executable + ": a relative path vs an absolute one; nothing was run");
        }
        this.executable = executable;
        this.maxOutBytes = maxOutBytes;
    }

    /** Runs it and waits for its end, at most until {@code deadline} and a short grace have passed. Never throws. */
    public ProgramResult run(List<String> arguments, Duration deadline) {
        Process process;
        try {
            process = builder(arguments).start();
        } catch (IOException e) {
            return new ProgramResult(Ending.NOT_STARTED, -1, "", false, String.valueOf(e.getMessage()));
        }
        Drain out = new Drain(process.getInputStream(), maxOutBytes, process::destroyForcibly);
        Drain err = new Drain(process.getErrorStream(), MAX_ERR_BYTES, () -> {});
        Ending ending = await(process, deadline);
        if (ending != Ending.EXITED) {
            process.destroyForcibly();
        }
        out.finish(DRAIN_GRACE);
        err.finish(DRAIN_GRACE);
        if (ending == Ending.EXITED && out.isOverflown()) {
            ending = Ending.TOO_MUCH_OUTPUT;
        }
        int status = ending == Ending.EXITED ? process.exitValue() : -1;
        return new ProgramResult(ending, status, out.latin1(), out.sawEnd(), err.shown());
    }

    /**
     * Runs it and gives its output to {@code reader} in this thread. When the deadline passes, or this thread is
     * interrupted, the program is killed, so that the reader comes to an end.
     *
     * @return how it ended; {@code out} is empty, and complete when the reader took all of it and was content
     * @throws IOException what the reader threw, when nothing explains it: not when the program was killed for the
     *     deadline or an interrupt, nor when its output had ended and its status is not 0; then the result is told instead
     */
    public ProgramResult stream(List<String> arguments, Duration deadline, OutputReader reader) throws IOException {
        Process process;
        try {
            process = builder(arguments).start();
        } catch (IOException e) {
            return new ProgramResult(Ending.NOT_STARTED, -1, "", false, String.valueOf(e.getMessage()));
        }
        return new StreamedRun(process, deadline, MAX_ERR_BYTES, DRAIN_GRACE).run(reader);
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(arguments.size() + 1);
        command.add(executable.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.directory(new File("/"));
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        return builder;
    }

    private static Ending await(Process process, Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS) ? Ending.EXITED : Ending.TIMED_OUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ending.INTERRUPTED;
        }
    }
}
