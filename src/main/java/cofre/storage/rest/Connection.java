package cofre.storage.rest;

import cofre.storage.ExactOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/**
 * One socket to the server, used by one thread at a time.
 *
 * <p>Why not the JDK's clients: 16 MiB bodies over plain loopback, MB/s and seconds of processor time per GiB, JDK 17:
 * {@code java.net.http} POST 1450 and 0.76, GET 365 and 2.5; {@code HttpURLConnection} POST 1610 and 0.63, GET 2860 and
 * 0.28; this POST 2370 and 0.45, GET 4480 and 0.18.
 */
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final Wire wire;
    private final boolean encrypted;
    private boolean used;
    private boolean reusable = true;
    private long idleSince;

    Connection(SocketChannel channel, Wire wire, boolean encrypted) {
        this.channel = channel;
        this.wire = wire;
        this.encrypted = encrypted;
    }

    /** Sends the request and reads the answer's head. {@code head} is the request's head, payload apart. */
    Answer exchange(Request request, String head, Watchdog.Guard guard) throws IOException {
        wire.guardedBy(guard);
        used = true;
        reusable = false;
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        boolean sent = false;
        try {
            wire.write(bytes, 0, bytes.length);
            if (request.payload().isPresent()) {
                ExactOutput.copy(request.payload().get(), new Upload());
            }
            wire.flush();
            sent = true;
        } catch (IOException e) {
            return earlyAnswer(e, guard);
        } finally {
            // Also when the payload failed: half an upload must never be completed by a next request.
            reusable = sent;
        }
        Answer answer = Answer.read(wire, request.isHead());
        reusable = answer.keepAlive();
        return answer;
    }

    /** Whether the server said anything since the exchange began. */
    boolean heard() {
        return wire.heard();
    }

    /** Whether an earlier exchange used this connection. */
    boolean used() {
        return used;
    }

    /** Whether another exchange can follow the one that gave {@code answer}. */
    boolean reusableAfter(Answer answer) {
        return reusable && answer.body().finished() && wire.buffered() == 0 && channel.isOpen();
    }

    /** Marks the beginning of a rest. */
    void rest(long now) {
        idleSince = now;
    }

    long idleSince() {
        return idleSince;
    }

    /**
     * Whether an unused connection is still open and silent. One that speaks unasked is out of step: its next answer would
     * be for another question. Under TLS a record may be harmless, and cannot be looked at here.
     */
    boolean quiet() {
        if (encrypted) {
            return channel.isOpen();
        }
        try {
            channel.configureBlocking(false);
            int got = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return got == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes the socket at once, without TLS's farewell, which could block. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            reusable = false;
        }
    }

    /**
     * A server that refuses an upload answers before it has all of it, and closes: the write fails, the answer is there to
     * be read.
     */
    private Answer earlyAnswer(IOException writeFailure, Watchdog.Guard guard) throws IOException {
        if (!guard.verdict().isEmpty() || Thread.currentThread().isInterrupted()) {
            throw writeFailure;
        }
        Answer answer;
        try {
            answer = Answer.read(wire, false);
        } catch (SSLException e) {
            // Under TLS 1.3 a client certificate is refused only after the handshake; the alert says so.
            e.addSuppressed(writeFailure);
            throw e;
        } catch (IOException e) {
            writeFailure.addSuppressed(e);
            throw writeFailure;
        }
        if (answer.status() < 300) {
            throw new NotHttpException("it says done before it has the whole upload");
        }
        return answer;
    }

    private final class Upload extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            wire.write(bytes, offset, length);
        }
    }
}
