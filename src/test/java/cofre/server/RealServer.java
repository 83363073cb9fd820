package cofre.server;

import cofre.testkit.Await;
import cofre.testkit.Tools;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real rest-server as a process. */
record RealServer(Process process, URI address) implements RunningServer {

    static RealServer start(ServerSetup setup, Path folder, Path scratch) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Tools.find("rest-server").toString(), "--path", folder.toString(), "--listen", "127.0.0.1:" + port));
        if (setup.users().isEmpty()) {
            command.add("--no-auth");
        } else {
            command.add("--htpasswd-file");
            command.add(
                    TestUsers.write(scratch.resolve("htpasswd"), setup.users()).toString());
        }
        flag(command, setup.appendOnly(), "--append-only");
        flag(command, setup.privateRepos(), "--private-repos");
        flag(command, setup.prometheus(), "--prometheus");
        flag(command, setup.prometheusNoAuth(), "--prometheus-no-auth");
        setup.maxSize().ifPresent(bytes -> command.add("--max-size=" + bytes));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("rest-server.log").toFile())
                .start();
        Await.until("rest-server listens", Duration.ofSeconds(10), () -> accepts(port));
        return new RealServer(process, URI.create("http://127.0.0.1:" + port + "/"));
    }

    private static void flag(List<String> command, boolean wanted, String name) {
        if (wanted) {
            command.add(name);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopping rest-server");
        }
    }
}
