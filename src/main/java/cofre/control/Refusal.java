package cofre.control;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

/** Answers with one sentence and closes. */
final class Refusal {
    /** The sentence fits into any socket's buffer: it is out at once, or never. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Refusal() {}

    static void send(ControlConnection connection, int exit, String sentence, Executor threads, Deadlines deadlines) {
        byte[] line = Json.line(EventCodec.toMap(new ControlEvent.Result(exit, sentence, Map.of())));
        Runnable taken = deadlines.closeAfter(PATIENCE, connection);
        threads.execute(() -> {
            try {
                connection.out().write(line);
                connection.out().flush();
            } catch (IOException e) {
                // Nobody there to be told.
                return;
            } finally {
                taken.run();
                connection.close();
            }
        });
    }
}
