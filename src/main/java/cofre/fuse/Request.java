package cofre.fuse;

import cofre.posix.Errno;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One request as it lies in the buffer of the thread that took it ({@code struct fuse_in_header} and what follows). Every
 * access is checked against the length the kernel gave. Not to be kept beyond the request.
 */
final class Request {
    /** {@code len opcode unique(64) nodeid(64) uid gid pid padding}, 32 bits each but two. */
    static final int HEADER = 40;

    /** Largest request: an attribute of 64 KiB that somebody tries to set; FreeBSD ends the mount if it does not fit. */
    static final int MAX_LENGTH = 136 * 1024;

    private final ByteBuffer bytes;
    private final int end;

    private Request(ByteBuffer bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** The request in the first {@code length} bytes; empty when there is none to be answered. */
    static Optional<Request> parse(ByteBuffer bytes, int length) {
        if (length < HEADER || length > bytes.capacity() || bytes.getInt(0) != length) {
            return Optional.empty();
        }
        return Optional.of(new Request(bytes, length));
    }

    int opcode() {
        return bytes.getInt(4);
    }

    long unique() {
        return bytes.getLong(8);
    }

    long node() {
        return bytes.getLong(16);
    }

    long uid() {
        return Integer.toUnsignedLong(bytes.getInt(24));
    }

    long gid() {
        return Integer.toUnsignedLong(bytes.getInt(28));
    }

    int pid() {
        return bytes.getInt(32);
    }

    /** Bytes behind the header. */
    int bodyLength() {
        return end - HEADER;
    }

    /** 32 bits at an offset behind the header. */
    int u32(int at) throws Refusal {
        return bytes.getInt(checked(at, Integer.BYTES));
    }

    /** 64 bits at an offset behind the header. */
    long u64(int at) throws Refusal {
        return bytes.getLong(checked(at, Long.BYTES));
    }

    /** The bytes from an offset behind the header up to a NUL, without it. */
    byte[] name(int at) throws Refusal {
        int from = checked(at, 1);
        int to = from;
        while (to < end && bytes.get(to) != 0) {
            to++;
        }
        if (to == end) {
            throw new Refusal(Errno.EINVAL);
        }
        byte[] name = new byte[to - from];
        bytes.get(from, name);
        return name;
    }

    private int checked(int at, int length) throws Refusal {
        if (at < 0 || at > bodyLength() - length) {
            throw new Refusal(Errno.EINVAL);
        }
        return HEADER + at;
    }
}
