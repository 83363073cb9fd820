package cofre.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server that does to each request what a script says, on the bare socket: cuts, stalls, lies. A connection goes on to
 * the next step of the script for as long as steps leave it open; a request without a step left is answered by a cut.
 */
public final class TornHttpServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread acceptor;

    public TornHttpServer() throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** Listens with this socket: one that speaks TLS, for instance. */
    public TornHttpServer(ServerSocket listener) {
        this.listener = listener;
        this.acceptor = new Thread(this::accept, "torn-http");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** What is done to one request. */
    @FunctionalInterface
    public interface Step {
        /** Returns whether the connection stays open. */
        boolean play(Conversation with) throws IOException;
    }

    /** Adds a step to the script. */
    public TornHttpServer then(Step step) {
        script.add(step);
        return this;
    }

    /** Adds a step that reads the whole request and sends {@code answer}, and keeps the connection. */
    public TornHttpServer thenAnswer(String answer) {
        return then(with -> {
            with.readBody();
            with.send(answer);
            return true;
        });
    }

    /** Adds a step that reads the whole request and answers with this status and no body. */
    public TornHttpServer thenStatus(int status, String headers) {
        return thenAnswer("HTTP/1.1 " + status + " Torn\r\nContent-Length: 0\r\n" + headers + "\r\n");
    }

    /** {@code http://127.0.0.1:port/}. */
    public String url() {
        return "http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort() + "/";
    }

    /** The port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Heads of all requests so far, in the order they came. */
    public List<String> heads() {
        return new ArrayList<>(heads);
    }

    /** Connections accepted so far. */
    public int connections() {
        return sockets.size();
    }

    /** Steps not yet played. */
    public int left() {
        return script.size();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("the torn server's script failed", failures.get(0));
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> converse(socket), "torn-http-" + sockets.size());
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            Conversation with = new Conversation(socket);
            while (with.readHead()) {
                heads.add(with.head);
                Step step = script.poll();
                if (step == null || !step.play(with)) {
                    return;
                }
            }
        } catch (SocketException e) {
            // The client went away, or the test ended: both are what scripts provoke.
            return;
        } catch (IOException | RuntimeException | AssertionError e) {
            if (closed.getCount() > 0 && !(e instanceof javax.net.ssl.SSLException)) {
                failures.add(e);
            }
        }
    }

    /** One request as a step sees it. */
    public final class Conversation {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private String head = "";
        private long bodyLeft;

        Conversation(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
        }

        /** The request's head. */
        public String head() {
            return head;
        }

        /** Reads the whole body. */
        public byte[] readBody() throws IOException {
            return readBody(bodyLeft);
        }

        /** Reads {@code count} bytes of the body. */
        public byte[] readBody(long count) throws IOException {
            byte[] read = in.readNBytes((int) Math.min(count, bodyLeft));
            bodyLeft -= read.length;
            return read;
        }

        /** Sends text, byte by character. */
        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends bytes. */
        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Waits for the client's next byte; false when it closes instead. */
        public boolean hasNext() throws IOException {
            return in.read() >= 0;
        }

        /** Does nothing until the test ends, the connection open. */
        public void stall() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Closes with a reset: what was sent and not read is lost. */
        public boolean reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
            return false;
        }

        private boolean readHead() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int last = 0;
            while (last != 0x0d0a0d0a) {
                int b = in.read();
                if (b < 0) {
                    return false;
                }
                bytes.write(b);
                last = last << 8 | b;
            }
            head = bytes.toString(StandardCharsets.ISO_8859_1);
            bodyLeft = head.lines()
                    .filter(line -> line.startsWith("Content-Length: "))
                    .mapToLong(line -> Long.parseLong(line.substring(16)))
                    .findFirst()
                    .orElse(0);
            return true;
        }
    }
}
