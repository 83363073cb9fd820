package cofre.process;

import cofre.process.ProgramResult.Ending;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running program whose output is read as it comes. A read from a pipe hears neither a clock nor an interrupt: a thread of
 * its own minds both and kills the program, which ends the pipe the reader waits on. For one use.
 */
final class StreamedRun {
    private static final long LOOK_MILLIS = 100;

    private final Process process;
    private final Duration deadline;
    private final Duration grace;
    private final Drain err;
    private final Output out;
    private final AtomicReference<Ending> killedFor = new AtomicReference<>();
    private boolean endedAlone;

    StreamedRun(Process process, Duration deadline, int maxErrBytes, Duration grace) {
        this.process = process;
        this.deadline = deadline;
        this.grace = grace;
        this.err = new Drain(process.getErrorStream(), maxErrBytes, () -> {});
        this.out = new Output(process.getInputStream());
    }

    ProgramResult run(OutputReader reader) throws IOException {
        Thread caller = Thread.currentThread();
        Thread watch = new Thread(() -> watch(caller), "program-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Optional<IOException> fault = read(reader);
            ProgramResult result = result(fault.isPresent());
            boolean toldByResult = killedFor.get() != null || (endedAlone && result.status() != 0);
            if (fault.isPresent() && !toldByResult) {
                throw fault.get();
            }
            return result;
        } finally {
            kill();
        }
    }

    private Optional<IOException> read(OutputReader reader) {
        try (out) {
            reader.read(out);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /**
     * A reader that saw the end may have complained because the program broke off: then its status says more, and will
     * come soon. One that complained before that is right whatever the program still has to say.
     */
    private ProgramResult result(boolean faulty) {
        try {
            if (!faulty) {
                process.waitFor(); // the watch ends it at the deadline
            } else {
                endedAlone = out.ended && process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
                kill();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            killFor(Ending.INTERRUPTED);
            Thread.currentThread().interrupt();
        }
        err.finish(grace);
        Ending ending = Optional.ofNullable(killedFor.get()).orElse(Ending.EXITED);
        int status = ending == Ending.EXITED ? process.exitValue() : -1;
        return new ProgramResult(ending, status, "", ending == Ending.EXITED && out.ended && !faulty, err.shown());
    }

    private void watch(Thread caller) {
        try {
            long left = deadline.toMillis();
            while (left > 0) {
                long step = Math.min(left, LOOK_MILLIS);
                if (process.waitFor(step, TimeUnit.MILLISECONDS)) {
                    return;
                }
                left -= step;
                if (caller.isInterrupted()) {
                    killFor(Ending.INTERRUPTED);
                    return;
                }
            }
            killFor(Ending.TIMED_OUT);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void killFor(Ending why) {
        if (process.isAlive() && killedFor.compareAndSet(null, why)) {
            kill();
        }
    }

    /** A child that lives on would keep the pipe open. */
    private void kill() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Knows whether its end was seen. */
    private static final class Output extends FilterInputStream {
        private boolean ended;

        Output(InputStream pipe) {
            super(pipe);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int read = super.read(into, at, length);
            ended |= read < 0;
            return read;
        }
    }
}
