package cofre.fuse;

import cofre.posix.FuseDevice;
import cofre.posix.PosixException;
import java.nio.ByteBuffer;

/** The kernel's device. */
record OpenDevice(FuseDevice device) implements Device {
    @Override
    public int read(ByteBuffer direct) throws PosixException {
        return device.read(direct);
    }

    @Override
    public void write(ByteBuffer direct, int length) throws PosixException {
        device.write(direct, length);
    }
}
