package cofre.control;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command being done. {@link #run} is called once; the others from other threads, at any time. */
final class RunningCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCommand.class);

    private final ControlRequest request;
    private final CommandHandler handler;
    private final Outbox outbox;
    private SocketReply reply;
    private boolean cancelled;
    private boolean detached;

    RunningCommand(ControlRequest request, CommandHandler handler, Outbox outbox) {
        this.request = request;
        this.handler = handler;
        this.outbox = outbox;
    }

    void run() {
        SocketReply mine = begin();
        try {
            handler.handle(request, mine);
            mine.result(Exit.OK, Map.of());
        } catch (CommandException e) {
            mine.fail(e.exit(), e.getMessage());
        } catch (InterruptedException e) {
            mine.fail(Exit.INTERRUPTED, "cancelled");
        } catch (RuntimeException | Error e) {
            LOG.error("event=command_failed command={}", request.command(), e);
            mine.fail(
                    Exit.FAILED,
                    "cannot do \"" + request.command() + "\": a fault of cofre itself ("
                            + e.getClass().getSimpleName() + "); the daemon's log says more");
        } finally {
            mine.handlerLeft();
            // An interrupt that came too late must not hit the thread's next work.
            Thread.interrupted();
        }
    }

    private SocketReply begin() {
        SocketReply mine = new SocketReply(outbox, Thread.currentThread());
        boolean cancelNow;
        boolean detachNow;
        synchronized (this) {
            reply = mine;
            cancelNow = cancelled;
            detachNow = detached;
        }
        if (cancelNow) {
            mine.cancelled();
        }
        if (detachNow) {
            mine.detached();
        }
        return mine;
    }

    void cancel() {
        SocketReply now;
        synchronized (this) {
            cancelled = true;
            now = reply;
        }
        if (now != null) {
            now.cancelled();
        }
    }

    void detach() {
        SocketReply now;
        synchronized (this) {
            detached = true;
            now = reply;
        }
        if (now != null) {
            now.detached();
        }
    }
}
