package cofre;

import cofre.cli.Cli;
import cofre.cli.Terminal;
import cofre.progress.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Goes once through what the command line does most, so that the archive of classes holds the classes for it. */
final class Rehearsal {
    private static final String ANSWER = """
            {"event":"accepted","job":1}
            {"event":"progress","phase":"reading","files_done":1,"files_total":2,"bytes_done":1,"bytes_total":2,\
            "bytes_per_second":1,"elapsed_ms":1}
            {"event":"message","level":"info","text":"é"}
            {"event":"item","row":{"point":"0","time":"2026-01-01T00:00:00Z","bytes":1,"mode":420,"mtime":"2026-01-01T00:00:00Z"}}
            {"event":"result","exit":0,"data":{"shares":[{"share":"s","newest":"2026-01-01T00:00:00Z"}],"jobs":[{"id":1}],"bytes":1}}
            """;

    /** With what most configurations have: reading it takes the larger part of the classes. */
    private static final String CONFIG = """
            [daemon]
            state_dir = "DIR/state"
            previous_dir = "DIR/previous"
            socket = "DIR/s"
            [repository.r]
            url = "rest:http://localhost:8000/r/"
            password_file = "DIR/password"
            pack_size = "16 MiB"
            retry_for = "15 min"
            [share.s]
            dataset = "pool/s"
            repository = "r"
            exclude = ["*.tmp"]
            local_points = 96
            """;

    private Rehearsal() {}

    static void run() throws IOException {
        Path dir = Files.createTempDirectory("cofre");
        Path socket = dir.resolve("s");
        Path config = dir.resolve("cofre.toml");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread daemon = new Thread(() -> answerAll(server), "rehearsal");
            daemon.setDaemon(true);
            daemon.start();
            Files.writeString(config, CONFIG.replace("DIR", dir.toString()));
            for (List<String> words : List.of(
                    List.of("status"),
                    List.of("points"),
                    List.of("ls", "latest"),
                    List.of("info"),
                    List.of("check"),
                    List.of("backup", "--all"),
                    List.of("version"),
                    List.of("--help"),
                    List.of("nonsense"),
                    List.of("config", "check"))) {
                run(config, words);
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(config);
            Files.delete(dir);
        }
    }

    private static void run(Path config, List<String> args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(nowhere, nowhere, true, 80, Ticker.SYSTEM, action -> Signals.on("INT", action));
        new Cli(new Programs(nowhere), terminal, config).run(args.toArray(String[]::new));
    }

    private static void answerAll(ServerSocketChannel server) {
        try {
            while (true) {
                try (SocketChannel caller = server.accept()) {
                    caller.read(ByteBuffer.allocate(1 << 16));
                    caller.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            // The rehearsal is over.
            return;
        }
    }
}
