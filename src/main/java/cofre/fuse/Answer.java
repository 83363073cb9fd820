package cofre.fuse;

import cofre.posix.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One answer being written ({@code struct fuse_out_header} and what follows), in native memory of one thread that is used
 * again for each request. What it promises the kernel (a node to be remembered, a handle) is taken back by {@link #lost} when
 * it cannot be delivered.
 */
final class Answer {
    /** {@code len error unique(64)}. */
    static final int HEADER = 16;

    private ByteBuffer bytes;
    private int end = HEADER;
    private Runnable undo = () -> {};
    private Runnable done = () -> {};

    /** With room for so many bytes behind the header. */
    Answer(int room) {
        bytes = ByteBuffer.allocateDirect(HEADER + room).order(ByteOrder.nativeOrder());
    }

    /** Forgets the last one. */
    void begin() {
        end = HEADER;
        undo = () -> {};
        done = () -> {};
    }

    /** Makes room; what was written is lost. */
    void ensure(int room) {
        if (bytes.capacity() - HEADER < room) {
            bytes = ByteBuffer.allocateDirect(HEADER + room).order(ByteOrder.nativeOrder());
        }
    }

    /** Bytes that still fit. */
    int room() {
        return bytes.capacity() - end;
    }

    /** Bytes behind the header so far. */
    int length() {
        return end - HEADER;
    }

    Answer u16(int value) throws Refusal {
        bytes.putShort(claim(Short.BYTES), (short) value);
        return this;
    }

    Answer u32(int value) throws Refusal {
        bytes.putInt(claim(Integer.BYTES), value);
        return this;
    }

    Answer u64(long value) throws Refusal {
        bytes.putLong(claim(Long.BYTES), value);
        return this;
    }

    Answer raw(byte[] from) throws Refusal {
        return raw(from, from.length);
    }

    Answer raw(byte[] from, int length) throws Refusal {
        bytes.put(claim(length), from, 0, length);
        return this;
    }

    /** NULs up to a multiple of 8 bytes. */
    Answer align() throws Refusal {
        while (end % Long.BYTES != 0) {
            bytes.put(claim(1), (byte) 0);
        }
        return this;
    }

    /** Takes back what was written behind {@code length} bytes. */
    void cutTo(int length) {
        end = HEADER + length;
    }

    /** What to do when this answer does not reach the kernel, besides what was said before. */
    void onLost(Runnable more) {
        Runnable before = undo;
        undo = () -> {
            before.run();
            more.run();
        };
    }

    /** What to do when this answer has reached the kernel. */
    void onDelivered(Runnable what) {
        done = what;
    }

    /** The kernel has it: its promises stand. */
    void delivered() {
        Runnable todo = done;
        undo = () -> {};
        done = () -> {};
        todo.run();
    }

    /** Takes back what it promised. */
    void lost() {
        Runnable todo = undo;
        undo = () -> {};
        todo.run();
    }

    /** The finished message: {@code error} is 0 or a number of the kernel. */
    ByteBuffer sealed(long unique, int error) {
        bytes.putInt(0, end);
        bytes.putInt(4, -error);
        bytes.putLong(8, unique);
        return bytes;
    }

    /** Bytes of the finished message. */
    int totalLength() {
        return end;
    }

    private int claim(int length) throws Refusal {
        if (length > room()) {
            throw new Refusal(Errno.E2BIG);
        }
        int at = end;
        end += length;
        return at;
    }
}
