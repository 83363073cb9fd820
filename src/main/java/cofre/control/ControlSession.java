package cofre.control;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller from its request to its result. Three threads: one reads (the request, then a possible cancel), one does the
 * command, one writes; so a caller that does not read holds up nobody but itself.
 */
final class ControlSession {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSession.class);

    private final ControlConnection connection;
    private final ControlLimits limits;
    private final Map<String, CommandHandler> handlers;
    private final ExecutorService threads;
    private final Deadlines deadlines;
    private final Outbox outbox;

    ControlSession(
            ControlConnection connection,
            ControlLimits limits,
            Map<String, CommandHandler> handlers,
            ExecutorService threads,
            Deadlines deadlines) {
        this.connection = connection;
        this.limits = limits;
        this.handlers = handlers;
        this.threads = threads;
        this.deadlines = deadlines;
        this.outbox = new Outbox(limits, connection::close);
    }

    /** Serves the caller to the end; returns when reading has ended. */
    void run() {
        try {
            LineReader lines = new LineReader(connection.in(), limits.requestBytes());
            Optional<byte[]> first = firstLine(lines);
            if (first.isPresent()) {
                answer(RequestCodec.parse(first.get(), connection.caller()), lines);
            } else {
                connection.close();
            }
        } catch (ProtocolException e) {
            refuse(Exit.USAGE, e.getMessage());
        } catch (IOException e) {
            LOG.debug(
                    "event=control_closed caller={} cause={}",
                    connection.caller(),
                    e.getClass().getSimpleName());
            connection.close();
        }
    }

    private Optional<byte[]> firstLine(LineReader lines) throws IOException, ProtocolException {
        Runnable inTime = deadlines.closeAfter(limits.requestDeadline(), connection);
        try {
            return lines.next();
        } finally {
            inTime.run();
        }
    }

    private void answer(ControlRequest request, LineReader lines) throws IOException {
        CommandHandler handler = handlers.get(request.command());
        if (handler == null) {
            refuse(
                    Exit.USAGE,
                    "cannot do \"" + Shown.text(request.command()) + "\": an unknown command vs one of "
                            + String.join(", ", handlers.keySet()));
            return;
        }
        RunningCommand command = new RunningCommand(request, handler, outbox);
        threads.execute(() -> write(command));
        threads.execute(() -> carryOut(command));
        waitForCancel(lines, command);
    }

    private void carryOut(RunningCommand command) {
        try {
            command.run();
            outbox.awaitTaken();
        } catch (InterruptedException e) {
            outbox.breakOff();
            Thread.currentThread().interrupt();
        }
    }

    /** Reads on: a caller may cancel. The end of its input means nothing; that it is gone is found when writing. */
    private void waitForCancel(LineReader lines, RunningCommand command) throws IOException {
        try {
            Optional<byte[]> line = lines.next();
            while (line.isPresent()) {
                ControlRequest more = RequestCodec.parse(line.get(), connection.caller());
                if (!more.command().equals(RequestCodec.CANCEL)) {
                    throw new ProtocolException("cannot take another request: a connection is for one command");
                }
                command.cancel();
                line = lines.next();
            }
        } catch (ProtocolException e) {
            LOG.info("event=control_cut caller={} cause=\"{}\"", connection.caller(), e.getMessage());
            outbox.breakOff();
        }
    }

    private void write(RunningCommand command) {
        try {
            outbox.drainTo(connection.out());
        } catch (IOException e) {
            outbox.breakOff();
        } catch (InterruptedException e) {
            outbox.breakOff();
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
            if (outbox.isBroken()) {
                command.detach();
            }
        }
    }

    private void refuse(int exit, String sentence) {
        LOG.info("event=control_refused caller={} cause=\"{}\"", connection.caller(), sentence);
        Refusal.send(connection, exit, sentence, threads, deadlines);
    }
}
