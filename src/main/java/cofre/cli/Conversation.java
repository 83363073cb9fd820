package cofre.cli;

import cofre.control.ControlClient;
import cofre.control.ControlEvent;
import cofre.control.EventCodec;
import cofre.control.Exit;
import cofre.control.Json;
import cofre.control.ProtocolException;
import cofre.progress.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One request to the daemon, from connecting to the exit status. */
final class Conversation {
    private final Settings settings;
    private final Launchers launchers;
    private final Terminal terminal;
    private final AtomicInteger interrupts = new AtomicInteger();

    Conversation(Settings settings, Launchers launchers, Terminal terminal) {
        this.settings = settings;
        this.launchers = launchers;
        this.terminal = terminal;
    }

    /**
     * Asks the daemon and shows its answer.
     *
     * @param detach whether to leave as soon as the work is accepted
     */
    int ask(String command, Map<String, ?> args, View view, boolean detach) {
        Path socket = settings.socket(launchers);
        try (ControlClient client = ControlClient.connect(socket)) {
            terminal.interrupts().accept(() -> interrupted(client));
            client.send(command, args);
            return listen(client, view, detach);
        } catch (IOException e) {
            return interrupts.get() > 1 ? left() : unreachable(socket, e);
        } catch (ProtocolException e) {
            terminal.err().println(Safe.line(e.getMessage()));
            return Exit.FAILED;
        }
    }

    /** The first Ctrl-C gives the work up and waits for that; the second leaves the daemon to it. */
    private void interrupted(ControlClient client) {
        if (interrupts.incrementAndGet() > 1) {
            client.close();
            return;
        }
        terminal.err().println();
        terminal.err().println(Texts.text("interrupt.cancelling"));
        try {
            client.cancel();
        } catch (IOException e) {
            client.close();
        }
    }

    private int listen(ControlClient client, View view, boolean detach) throws IOException, ProtocolException {
        ProgressView progress = progressView();
        Optional<ControlEvent> event = client.next();
        while (event.isPresent()) {
            if (event.get() instanceof ControlEvent.Progress report) {
                progress.show(report.report());
            } else {
                progress.clear();
            }
            if (settings.json()) {
                printJson(event.get());
            } else {
                show(event.get(), view);
            }
            if (event.get() instanceof ControlEvent.Result result) {
                return result.exit();
            }
            if (detach && event.get() instanceof ControlEvent.Accepted) {
                if (!settings.quiet() && !settings.json()) {
                    terminal.err().println(Texts.text("job.detached"));
                }
                return Exit.OK;
            }
            if (!client.hasReceived()) {
                terminal.out().flush();
            }
            event = client.next();
        }
        if (interrupts.get() > 1) {
            return left();
        }
        terminal.err().println(Texts.text("daemon.gone"));
        return Exit.FAILED;
    }

    private ProgressView progressView() {
        if (settings.quiet() || settings.json()) {
            return ProgressView.NONE;
        }
        return terminal.interactive()
                ? new ProgressLine(terminal.err(), terminal.columns())
                : new ProgressLog(terminal.err(), terminal.ticker());
    }

    private void printJson(ControlEvent event) {
        byte[] line = Json.line(EventCodec.toMap(event));
        terminal.out().print(new String(line, StandardCharsets.UTF_8));
    }

    private void show(ControlEvent event, View view) {
        if (event instanceof ControlEvent.Accepted accepted && !settings.quiet()) {
            terminal.err().println(Texts.text("job.accepted", Long.toString(accepted.job())));
        } else if (event instanceof ControlEvent.Message message) {
            if (message.level() != Level.INFO || !settings.quiet()) {
                String key = "message." + message.level().name().toLowerCase(java.util.Locale.ROOT);
                terminal.err().println(Texts.text(key, Safe.line(message.text())));
            }
        } else if (event instanceof ControlEvent.Item item) {
            view.item(terminal.out(), new Row(item.row()));
        } else if (event instanceof ControlEvent.Result result) {
            if (result.error().isEmpty()) {
                view.end(terminal.out(), new Row(result.data()));
            } else {
                terminal.err().println(Safe.line(result.error()));
            }
        }
    }

    private int left() {
        terminal.err().println(Texts.text("interrupt.left"));
        return Exit.INTERRUPTED;
    }

    private int unreachable(Path socket, IOException e) {
        boolean denied = String.valueOf(e.getMessage()).contains("Permission denied");
        terminal.err().println(Texts.text(denied ? "daemon.denied" : "daemon.absent", Safe.line(socket.toString())));
        return Exit.FAILED;
    }
}
