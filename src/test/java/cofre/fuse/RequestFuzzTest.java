package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.versions.Fault;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** H22: whatever comes out of the device, nothing is thrown, and each request is answered once or, where none is due, never. */
class RequestFuzzTest {
    private static final int ROUNDS = 200_000;
    private static final int LONGEST = 300;

    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final SplittableRandom random = new SplittableRandom(20_240_229);

    private Asker kernel(AccessMode access) {
        MemorySpot version = tree.directory(tree.directory(tree.top(), "s"), "v");
        tree.file(version, "f", "content").xattr("user.a", "value");
        tree.file(version, "bad", "content").metadataFault(Fault.throwing());
        tree.link(version, "l", "f");
        Asker kernel = new Asker(tree, FuseSettings.defaults(access));
        kernel.walk("s", "v", "f");
        kernel.walk("s", "v", "l");
        return kernel;
    }

    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void h22AnyRequestIsAnsweredOnceOrNotAtAll(AccessMode access) throws Exception {
        Asker kernel = kernel(access);
        kernel.device.messages.clear();
        Map<Long, Boolean> due = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            ByteBuffer request = request(1000 + i);
            due.put(1000L + i, isDue(request));
            kernel.sendRaw(bytes(request));
            if (i % 10_000 == 0) {
                settle(kernel);
                check(kernel, due);
            }
        }
        settle(kernel);
        check(kernel, due);
        assertThat(due).isEmpty();
    }

    private static void settle(Asker kernel) throws Exception {
        cofre.testkit.Await.until(
                "reads are done", java.time.Duration.ofSeconds(10), () -> kernel.session.replies.waiting() == 0);
    }

    /** Each answer is well formed and belongs to a request that has none yet. */
    private static void check(Asker kernel, Map<Long, Boolean> due) {
        for (RecordingDevice.Message message : kernel.device.messages) {
            assertThat(message.length())
                    .isEqualTo(Answer.HEADER + message.body().capacity());
            assertThat(message.error()).isBetween(-4095, 0);
            if (message.error() != 0) {
                assertThat(message.body().capacity()).isZero();
            }
            assertThat(due.remove(message.unique()))
                    .as("due " + message.unique())
                    .isNotNull();
        }
        kernel.device.messages.clear();
        assertThat(due).doesNotContainValue(true);
        due.clear();
    }

    /** A header that says its length, some opcode and node, and noise with small numbers among it. */
    private ByteBuffer request(long unique) {
        int length =
                random.nextInt(10) == 0 ? random.nextInt(Request.HEADER) : Request.HEADER + random.nextInt(LONGEST);
        ByteBuffer b = ByteBuffer.allocate(Math.max(length, Request.HEADER)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < b.capacity(); i++) {
            b.put(i, (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(3)));
        }
        for (int at = Request.HEADER; at + 8 <= b.capacity(); at += 8) {
            switch (random.nextInt(5)) {
                case 0 -> b.putLong(at, random.nextInt(8));
                case 1 -> b.putLong(at, random.nextBoolean() ? Long.MAX_VALUE : -1);
                case 2 -> b.putInt(at, random.nextInt(5000));
                default -> {}
            }
        }
        int opcode = random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(56);
        b.putInt(0, random.nextInt(50) == 0 ? random.nextInt() : length).putInt(4, opcode);
        b.putLong(8, unique).putLong(16, random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(8));
        return b.limit(length);
    }

    private static byte[] bytes(ByteBuffer request) {
        byte[] bytes = new byte[request.limit()];
        request.get(0, bytes);
        return bytes;
    }

    /** An interrupt may be answered (with "again") or not. */
    private static boolean isDue(ByteBuffer request) {
        if (request.limit() < Request.HEADER || request.getInt(0) != request.limit()) {
            return false;
        }
        return switch (request.getInt(4)) {
            case Op.FORGET, Op.BATCH_FORGET, Op.NOTIFY_REPLY, Op.INTERRUPT -> false;
            default -> true;
        };
    }
}
