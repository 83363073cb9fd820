package cofre.control;

import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to one request over a socket. Thread-safe. */
final class SocketReply implements ControlReply {
    private final Outbox outbox;
    private final Thread handler;
    private final Hook cancel = new Hook();
    private final Hook detach = new Hook();
    private boolean ended;

    /** @param handler the thread to interrupt when nothing else was asked for */
    SocketReply(Outbox outbox, Thread handler) {
        this.outbox = outbox;
        this.handler = handler;
        cancel.action = this::interrupt;
        detach.action = this::interrupt;
    }

    @Override
    public void accepted(long job) {
        send(new ControlEvent.Accepted(job));
    }

    @Override
    public void progress(ProgressReport report) {
        outbox.progress(line(new ControlEvent.Progress(report)));
    }

    @Override
    public void message(Level level, String text) {
        send(new ControlEvent.Message(level, text));
    }

    @Override
    public void item(Map<String, ?> row) throws InterruptedException {
        if (!outbox.putWaiting(line(new ControlEvent.Item(new LinkedHashMap<>(row))))) {
            detached();
            throw new InterruptedException("the caller is gone");
        }
    }

    @Override
    public void result(int exit, Map<String, ?> data) {
        end(new ControlEvent.Result(exit, "", new LinkedHashMap<>(data)));
    }

    /** Ends the answer with a sentence. */
    void fail(int exit, String sentence) {
        end(new ControlEvent.Result(exit, sentence, Map.of()));
    }

    @Override
    public void onCancel(Runnable action) {
        cancel.become(action);
    }

    @Override
    public void onDetach(Runnable action) {
        detach.become(action);
    }

    /** The caller asked for the work to be given up. */
    void cancelled() {
        cancel.fire();
    }

    /** The caller is gone. */
    void detached() {
        detach.fire();
    }

    /** Lets go of the handler's thread, which goes on to other work. */
    synchronized void handlerLeft() {
        ended = true;
    }

    private synchronized void interrupt() {
        if (!ended) {
            handler.interrupt();
        }
    }

    private void send(ControlEvent event) {
        if (!outbox.put(line(event))) {
            detached();
        }
    }

    private void end(ControlEvent event) {
        outbox.finish(line(event));
    }

    private static byte[] line(ControlEvent event) {
        return Json.line(EventCodec.toMap(event));
    }

    /** Something that happens at most once, and what is to be done then. */
    private static final class Hook {
        private Runnable action;
        private boolean fired;

        void become(Runnable newAction) {
            boolean late;
            synchronized (this) {
                action = newAction;
                late = fired;
            }
            if (late) {
                newAction.run();
            }
        }

        void fire() {
            Runnable due;
            synchronized (this) {
                if (fired) {
                    return;
                }
                fired = true;
                due = action;
            }
            due.run();
        }
    }
}
