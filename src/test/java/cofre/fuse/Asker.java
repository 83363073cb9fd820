package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.posix.Errno;
import cofre.testkit.Await;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Plays the kernel: puts requests together, hands them to a session, and takes the answer. */
final class Asker {
    final RecordingDevice device = new RecordingDevice();
    final FakeSystem system = new FakeSystem();
    final CompletableFuture<Handshake.Agreed> agreed = new CompletableFuture<>();
    final Session session;
    final FakeTicker ticker = new FakeTicker();
    long uid;
    long gid;
    int pid = 77;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(Request.MAX_LENGTH).order(ByteOrder.nativeOrder());
    private final Answer answer = new Answer(DirectoryOperations.LARGEST);
    private long unique = 100;

    /** Time that moves as told. */
    static final class FakeTicker implements cofre.progress.Ticker {
        private final AtomicLong now = new AtomicLong(1);

        void pass(Duration time) {
            now.addAndGet(time.toNanos());
        }

        @Override
        public long nanos() {
            return now.get();
        }
    }

    Asker(MemoryVersionTree tree, FuseSettings settings) {
        this(tree, settings, false);
    }

    Asker(MemoryVersionTree tree, FuseSettings settings, boolean asksForEachComponent) {
        system.asksForEachComponent = asksForEachComponent;
        session = Session.of(device, system, tree, settings, ticker, agreed);
    }

    /** A request's body. */
    static final class Body {
        private final ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

        Body u32(int value) {
            bytes.putInt(value);
            return this;
        }

        Body u64(long value) {
            bytes.putLong(value);
            return this;
        }

        Body name(String text) {
            bytes.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            return this;
        }
    }

    static Body body() {
        return new Body();
    }

    /** Hands over a request; its number. */
    long send(int opcode, long node, Body body) {
        byte[] bytes = new byte[body.bytes.position()];
        body.bytes.get(0, bytes);
        int length = Request.HEADER + bytes.length;
        buffer.putInt(0, length).putInt(4, opcode).putLong(8, ++unique).putLong(16, node);
        buffer.putInt(24, (int) uid).putInt(28, (int) gid).putInt(32, pid).putInt(36, 0);
        buffer.put(Request.HEADER, bytes);
        session.dispatcher.handle(buffer, length, answer);
        return unique;
    }

    /** Hands over any bytes. */
    void sendRaw(byte[] bytes) {
        buffer.put(0, bytes);
        session.dispatcher.handle(buffer, bytes.length, answer);
    }

    /** Asks and takes the answer, which must be to this question. */
    RecordingDevice.Message ask(int opcode, long node, Body body) {
        int before = device.messages.size();
        long asked = send(opcode, node, body);
        try {
            Await.until("an answer", Duration.ofSeconds(5), () -> device.messages.size() > before);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        RecordingDevice.Message message = device.last();
        assertThat(message.unique()).isEqualTo(asked);
        assertThat(message.length()).isEqualTo(Answer.HEADER + message.body().capacity());
        return message;
    }

    /** Asks and expects no error. */
    ByteBuffer body(int opcode, long node, Body body) {
        RecordingDevice.Message message = ask(opcode, node, body);
        assertThat(message.error()).isZero();
        return message.body();
    }

    /** Asks and expects this error with nothing behind it. */
    void refused(Errno errno, int opcode, long node, Body body) {
        RecordingDevice.Message message = ask(opcode, node, body);
        assertThat(message.error()).as(errno.name()).isEqualTo(-system.number(errno));
        assertThat(message.body().capacity()).isZero();
    }

    /** Looks a path up from the top; the node of its last part. */
    long walk(String... names) {
        long node = NodeTable.TOP;
        for (String name : names) {
            node = body(Op.LOOKUP, node, body().name(name)).getLong(0);
        }
        return node;
    }
}
