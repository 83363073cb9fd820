package cofre.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes send streams, good ones and, where a test asks for it, strange ones with good checksums. */
final class StreamBytes {
    static final long FROM = 0xf000_0000_0000_0001L;
    static final long TO = 0x0123_4567_89ab_cdefL;

    /** A record and what follows it. */
    static final class Part {
        private final byte[] head;
        private final byte[] payload;

        Part(byte[] head, byte[] payload) {
            this.head = head;
            this.payload = payload;
        }

        byte[] head() {
            return head;
        }

        byte[] payload() {
            return payload;
        }
    }

    private final ByteOrder order;
    private final List<Part> parts = new ArrayList<>();

    StreamBytes(ByteOrder order) {
        this.order = order;
    }

    /** One with all kinds of records, neighbours of every kind. */
    static StreamBytes sample(ByteOrder order) {
        return new StreamBytes(order)
                .begin()
                .object(1, 21, 0, new byte[0])
                .free(1, 512, -1)
                .object(2, 20, 44, bonus(order, 040755, 34, 7))
                .object(3, 19, 44, bonus(order, 0100644, 2, 9))
                .free(3, 512, -1)
                .free(3, 0, 512)
                .write(3, 1024, 512, 0, new byte[512])
                .write(3, 2048, 131072, 36, new byte[40])
                .embedded(3, 4096, 512, 13)
                .spill(3, 16, 0)
                .spill(3, 16, 4)
                .freeObjects(4, 28)
                .end();
    }

    StreamBytes begin() {
        return add(StreamRecord.BEGIN, 0, new byte[0], r -> {
            r.putLong(8, 0x2F5bacbacL).putLong(16, 1 | (1L << 22 | 1L << 16 | 1L << 2) << 2);
            r.putLong(24, 1795288556).putInt(32, 2).putInt(36, 12).putLong(48, FROM);
            r.put(56, "tank/s@2".getBytes(StandardCharsets.US_ASCII));
        });
    }

    StreamBytes object(long object, int type, int bonusType, byte[] bonus) {
        return add(StreamRecord.OBJECT, 40, bonus, r -> {
            r.putLong(8, object).putInt(16, type).putInt(20, bonusType);
            r.putInt(24, 512).putInt(28, bonus.length).put(34, (byte) 1);
        });
    }

    StreamBytes freeObjects(long first, long count) {
        return add(
                StreamRecord.FREE_OBJECTS,
                24,
                new byte[0],
                r -> r.putLong(8, first).putLong(16, count));
    }

    StreamBytes write(long object, long offset, long length, int compression, byte[] payload) {
        return add(StreamRecord.WRITE, 40, payload, r -> {
            r.putLong(8, object).putInt(16, 19).putLong(24, offset).putLong(32, length);
            r.put(50, (byte) compression).putLong(96, compression == 0 ? 0 : payload.length);
        });
    }

    StreamBytes embedded(long object, long offset, long length, int stored) {
        return add(StreamRecord.WRITE_EMBEDDED, 32, new byte[stored + 7 & ~7], r -> {
            r.putLong(8, object).putLong(16, offset).putLong(24, length);
            r.putInt(48, (int) length).putInt(52, stored);
        });
    }

    StreamBytes free(long object, long offset, long length) {
        return add(
                StreamRecord.FREE,
                32,
                new byte[0],
                r -> r.putLong(8, object).putLong(16, offset).putLong(24, length));
    }

    StreamBytes spill(long object, int length, int flags) {
        return add(
                StreamRecord.SPILL,
                24,
                new byte[length],
                r -> r.putLong(8, object).putLong(16, length).put(32, (byte) flags));
    }

    StreamBytes end() {
        return add(StreamRecord.END, 40, new byte[0], r -> {});
    }

    StreamBytes add(int type, int guidAt, byte[] payload, Consumer<ByteBuffer> fields) {
        ByteBuffer head = ByteBuffer.allocate(StreamRecord.LENGTH).order(order);
        head.putInt(0, type).putLong(guidAt == 0 ? 40 : guidAt, TO);
        fields.accept(head);
        parts.add(new Part(head.array(), payload));
        return this;
    }

    List<Part> parts() {
        return parts;
    }

    /** Changes the last part. */
    StreamBytes with(Consumer<ByteBuffer> change) {
        change.accept(ByteBuffer.wrap(parts.get(parts.size() - 1).head()).order(order));
        return this;
    }

    /** All of it, with the checksums that belong to it. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long[] sums = new long[4];
        for (Part part : parts) {
            ByteBuffer head = ByteBuffer.wrap(part.head()).order(order);
            if (head.getInt(0) == StreamRecord.END) {
                put(head, 8, sums);
            }
            sum(sums, part.head(), 0, 280);
            if (head.getInt(0) != StreamRecord.BEGIN) {
                put(head, 280, sums);
            }
            sum(sums, part.head(), 280, 312);
            sum(sums, part.payload(), 0, part.payload().length & -4);
            out.writeBytes(part.head());
            out.writeBytes(part.payload());
        }
        return out.toByteArray();
    }

    private static void put(ByteBuffer head, int at, long[] sums) {
        for (int i = 0; i < 4; i++) {
            head.putLong(at + 8 * i, sums[i]);
        }
    }

    private void sum(long[] sums, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += 4) {
            sums[0] += ByteBuffer.wrap(bytes).order(order).getInt(at) & 0xffff_ffffL;
            sums[1] += sums[0];
            sums[2] += sums[1];
            sums[3] += sums[2];
        }
    }

    /** Attributes as ZFS writes them, times 1000.000000001 and so on. */
    static byte[] bonus(ByteOrder order, int mode, long parent, long generation) {
        ByteBuffer bonus = ByteBuffer.allocate(176).order(order);
        bonus.putInt(0, 0x2F505A).putShort(4, (short) (1 << 10 | 2));
        long[] values = {mode, 11, generation, 1000, 1001, parent, 4, 1000, 1, 2000, 2, 3000, 3, 4000, 4, 1};
        for (int i = 0; i < values.length; i++) {
            bonus.putLong(8 + 8 * i, values[i]);
        }
        return bonus.array();
    }
}
