package cofre.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: real system calls, the kernel's word on who calls. */
@Timeout(30)
class PosixControlListenerTest {
    @TempDir
    private Path dir;

    private final Posix posix = Posix.load(System::nanoTime);

    @Test
    void servesWhoTheKernelSaysWeAre() throws Exception {
        Path socket = dir.resolve("run/s");
        long uid = posix.process().uid();
        CommandHandler who = (request, reply) ->
                reply.result(0, Map.of("uid", request.caller().uid()));
        try (ControlServer server = serve(socket, AccessRule.of(uid, OptionalLong.empty(), u -> false), who)) {
            assertThat(server).isNotNull();
            assertThat(ask(socket)).isEqualTo(new ControlEvent.Result(0, "", Map.of("uid", uid)));
            assertThatThrownBy(() -> listen(socket)).isInstanceOf(IOException.class);
            assertThat(ask(socket)).as("the second one took nothing away").isInstanceOf(ControlEvent.Result.class);
        }
        assertThat(socket).doesNotExist();
        assertThatThrownBy(() -> ControlClient.connect(socket)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesEverybodyElse() throws Exception {
        Path socket = dir.resolve("run/s");
        CommandHandler never = (request, reply) -> {
            throw new AssertionError("was let in");
        };
        try (ControlServer server = serve(socket, caller -> false, never)) {
            ControlEvent.Result result = (ControlEvent.Result) ask(socket);
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.error()).contains("as uid " + posix.process().uid());
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aCallerThatVanishesInTheMiddleOfAListingDoesNoHarm() throws Exception {
        Path socket = dir.resolve("run/s");
        CommandHandler endless = (request, reply) -> {
            while (true) {
                reply.item(Map.of("x", "y".repeat(1000)));
            }
        };
        try (ControlServer server = serve(socket, caller -> true, endless)) {
            try (ControlClient client = ControlClient.connect(socket)) {
                client.send("ask", Map.of());
                assertThat(client.next()).isPresent();
            }
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (server.connections() > 0) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    private PosixControlListener listen(Path socket) throws IOException {
        return PosixControlListener.listen(posix.sockets(), socket, OptionalLong.empty());
    }

    private ControlServer serve(Path socket, AccessRule rule, CommandHandler handler) throws IOException {
        ControlServer server = new ControlServer(listen(socket), rule, Map.of("ask", handler), ControlLimits.STANDARD);
        server.start();
        return server;
    }

    private static ControlEvent ask(Path socket) throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send("ask", Map.of());
            return client.next().orElseThrow();
        }
    }
}
