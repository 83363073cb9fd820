package cofre.fuse;

import cofre.posix.Credentials;
import cofre.posix.Errno;
import cofre.posix.FuseDevice;
import cofre.posix.FuseSystem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A system whose processes are told; mounts nothing. Numbers are those of the system this runs on. */
final class FakeSystem implements FuseSystem {
    final Map<Integer, Credentials> processes = new HashMap<>();
    boolean asksForEachComponent;

    @Override
    public FuseDevice open() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mount(FuseDevice device, byte[] point, Options options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean readAhead(byte[] point, int bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unmount(byte[] point) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Occupant occupant(byte[] point) {
        return Occupant.NOTHING;
    }

    @Override
    public Optional<Credentials> credentials(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    @Override
    public int number(Errno errno) {
        return KernelMount.POSIX.fuse().number(errno);
    }

    @Override
    public boolean asksForEachComponent() {
        return asksForEachComponent;
    }

    @Override
    public int deviceBits(long device) {
        return (int) device;
    }
}
