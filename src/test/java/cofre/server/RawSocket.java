package cofre.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends exactly the given bytes, for requests no HTTP library would make. */
final class RawSocket implements AutoCloseable {
    private final Socket socket;

    RawSocket(URI address) throws IOException {
        socket = new Socket(address.getHost(), address.getPort());
    }

    /** One request on a connection of its own; the whole answer until the server closes or is silent. */
    static String exchange(URI address, String request) throws IOException {
        try (RawSocket raw = new RawSocket(address)) {
            raw.send(request);
            return raw.readAll(Duration.ofSeconds(5));
        }
    }

    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : -1;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything until the server closes the connection; what came so far when it is silent for longer. */
    String readAll(Duration silence) throws IOException {
        StringBuilder all = new StringBuilder();
        socket.setSoTimeout((int) silence.toMillis());
        byte[] buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                all.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            return all + "<open>";
        } catch (IOException e) {
            return all + "<reset>";
        }
        return all.toString();
    }

    /** Reads one byte or fails. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
