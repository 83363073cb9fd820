package cofre.posix;

import java.nio.ByteBuffer;

/** An open FUSE device: whole requests come out, whole answers go in. Thread-safe, given a buffer for each thread. */
public final class FuseDevice implements AutoCloseable {
    private final Calls calls;
    private final Fd file;

    FuseDevice(Calls calls, Fd file) {
        this.calls = calls;
        this.file = file;
    }

    /**
     * Waits for a request and puts it at the buffer's start, whatever its position.
     *
     * @return its bytes
     * @throws PosixException ENODEV when the mount is gone, ENOENT when the request was taken back
     */
    public int read(ByteBuffer direct) throws PosixException {
        long address = calls.addressOf(direct);
        return (int) calls.on(file, "read", n -> calls.c.read(n, address, direct.capacity()));
    }

    /**
     * Gives the kernel the first {@code length} bytes of a buffer as one message.
     *
     * @throws PosixException ENOENT when nobody waits for it any more
     */
    public void write(ByteBuffer direct, int length) throws PosixException {
        long address = calls.addressOf(direct);
        calls.on(file, "write", n -> calls.c.write(n, address, length));
    }

    Fd file() {
        return file;
    }

    /** A thread inside {@link #read} keeps it open until that returns: unmount first. */
    @Override
    public void close() {
        file.close();
    }
}
