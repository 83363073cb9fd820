package cofre.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real rest-server as a child process, on a free port of the loopback. */
public final class RealRestServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int port;

    private RealRestServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with its store in {@code directory} and waits until it answers. */
    public static RealRestServer start(Path directory, String... options) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Tools.find("rest-server").toString(), "--path", directory.toString(), "--listen", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory
                        .resolveSibling(directory.getFileName() + ".log")
                        .toFile())
                .start();
        RealRestServer server = new RealRestServer(process, port);
        Await.until("rest-server listens", START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("rest-server ended with status " + process.exitValue());
            }
            return server.listens();
        });
        return server;
    }

    /** {@code http://127.0.0.1:port/}. */
    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** The port, for another scheme or host name. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
