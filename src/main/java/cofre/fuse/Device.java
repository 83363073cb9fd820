package cofre.fuse;

import cofre.posix.PosixException;
import java.nio.ByteBuffer;

/** Where requests come from and answers go. Thread-safe. */
interface Device {
    /** Waits for a request and puts it at the buffer's start; its bytes. See {@link cofre.posix.FuseDevice#read}. */
    int read(ByteBuffer direct) throws PosixException;

    /** Hands over a message. See {@link cofre.posix.FuseDevice#write}. */
    void write(ByteBuffer direct, int length) throws PosixException;
}
