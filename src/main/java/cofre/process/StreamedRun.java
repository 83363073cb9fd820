package cofre.process;

import cofre.process.ProgramResult.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running program whose output is read as it comes. A thread of its own watches the clock and kills the program, which
 * ends the pipe the reader waits on. For one use.
 */
final class StreamedRun {
    private final Process process;
    private final Duration deadline;
    private final Duration grace;
    private final Drain err;
    private final AtomicReference<Ending> killedFor = new AtomicReference<>();

    StreamedRun(Process process, Duration deadline, int maxErrBytes, Duration grace) {
        this.process = process;
        this.deadline = deadline;
        this.grace = grace;
        this.err = new Drain(process.getErrorStream(), maxErrBytes, () -> {});
    }

    ProgramResult run(OutputReader reader) throws IOException {
        Thread watch = new Thread(this::watch, "program-watch");
        watch.setDaemon(true);
        watch.start();
        Interruption interruption = new Interruption(Thread.currentThread());
        boolean whole = false;
        try (InputStream out = process.getInputStream()) {
            interruption.start();
            reader.read(out);
            whole = true;
        } catch (IOException e) {
            boolean ours = killedFor.get() == null;
            kill(Ending.INTERRUPTED);
            if (ours) {
                throw e;
            }
        } finally {
            interruption.end();
            if (!whole) {
                kill(Ending.INTERRUPTED);
            }
        }
        return result(watch, whole);
    }

    private ProgramResult result(Thread watch, boolean whole) {
        Ending ending = awaitEnd();
        watch.interrupt();
        err.finish(grace);
        int status = ending == Ending.EXITED ? process.exitValue() : -1;
        return new ProgramResult(ending, status, "", whole && ending == Ending.EXITED, err.shown());
    }

    /** The reader has seen the end of the output; the program may still have something to do. */
    private Ending awaitEnd() {
        try {
            process.waitFor(); // the watch ends it at the deadline
        } catch (InterruptedException e) {
            kill(Ending.INTERRUPTED);
            Thread.currentThread().interrupt();
        }
        Ending killed = killedFor.get();
        return killed == null ? Ending.EXITED : killed;
    }

    private void watch() {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(Ending.TIMED_OUT);
            }
        } catch (InterruptedException e) {
            // the run is over
        }
    }

    private void kill(Ending why) {
        if (process.isAlive() && killedFor.compareAndSet(null, why)) {
            process.destroyForcibly();
        }
    }

    /** A read from a pipe does not hear an interrupt: this looks for one and kills the program. */
    private final class Interruption {
        private static final long LOOK_MILLIS = 100;

        private final Thread reader;
        private final Thread looker = new Thread(this::look, "program-interruption");

        Interruption(Thread reader) {
            this.reader = reader;
            looker.setDaemon(true);
        }

        void start() {
            looker.start();
        }

        void end() {
            looker.interrupt();
        }

        private void look() {
            try {
                while (!reader.isInterrupted()) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
                kill(Ending.INTERRUPTED);
            } catch (InterruptedException e) {
                // the reading is over
            }
        }
    }
}
