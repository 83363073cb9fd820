package cofre.posix;

import java.nio.ByteBuffer;

/** One poll(2) on one or two descriptors. */
final class PollSet {
    static final int READABLE = 0x1;
    static final int WRITABLE = 0x4;

    private static final int EVENTS_AT = 4;
    private static final int RESULT_AT = 6;
    private static final int LENGTH = 8;

    private PollSet() {}

    /**
     * Waits until {@code first} is ready for {@code events}, {@code second} (when not negative) is readable, one of them
     * is broken, or the deadline is over.
     *
     * @return bit 0 for the first, bit 1 for the second; 0 when the deadline is over
     */
    static int await(Calls calls, int first, int events, int second, Deadline deadline) throws PosixException {
        Scratch s = calls.scratch();
        ByteBuffer b = s.small;
        int count = second < 0 ? 1 : 2;
        while (true) {
            put(b, Scratch.STRUCT, first, events);
            put(b, Scratch.STRUCT + LENGTH, second, READABLE);
            int ready = calls.c.poll(s.structAddress, count, deadline.millisLeft());
            if (ready > 0) {
                int one = b.getShort(Scratch.STRUCT + RESULT_AT) != 0 ? 1 : 0;
                int two = count == 2 && b.getShort(Scratch.STRUCT + LENGTH + RESULT_AT) != 0 ? 2 : 0;
                return one | two;
            }
            if (ready == 0) {
                return 0;
            }
            int last = calls.lastNumber();
            if (calls.errnoOf(last) != Errno.EINTR) {
                throw calls.failure("poll", "a socket", last);
            }
        }
    }

    private static void put(ByteBuffer b, int at, int fd, int events) {
        b.putInt(at, fd);
        b.putShort(at + EVENTS_AT, (short) events);
        b.putShort(at + RESULT_AT, (short) 0);
    }
}
