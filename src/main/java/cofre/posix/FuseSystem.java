package cofre.posix;

import java.io.IOException;
import java.util.Optional;

/**
 * What the system offers a process that serves a file system: the device, mounting, and who a process is. Thread-safe. The
 * words of the protocol itself are not known here.
 */
public interface FuseSystem {
    /** What is at a directory. */
    enum Occupant {
        /** It is an ordinary directory of the file system its parent is on. */
        NOTHING,
        /** A mount this program made, alive or left by a process that died. */
        OURS,
        /** Somebody else's mount. */
        OTHER
    }

    /** How to mount. */
    record Options(boolean kernelChecksModes, int maxRead) {}

    /** Opens the device for one mount. */
    FuseDevice open() throws PosixException;

    /**
     * Mounts what the device will serve on a directory: read-only, for all users, without set-user-id, devices and running
     * programs, and such that no symbolic link in it is ever followed.
     *
     * @param device fresh
     * @param point absolute path
     * @throws PosixException also when this kernel cannot keep links from being followed; nothing is mounted then
     */
    void mount(FuseDevice device, byte[] point, Options options) throws IOException;

    /**
     * Lets the kernel read so many bytes ahead of who reads a file of the mount from front to back, where the system can be
     * told; to be called when the mount answers. False when it cannot: reading is then slower, not wrong.
     */
    boolean readAhead(byte[] point, int bytes);

    /** Ends the top mount at a directory, at once, whoever uses it; requests under way fail. */
    void unmount(byte[] point) throws PosixException;

    /** What is at a directory; answers also where the process that served it is dead. */
    Occupant occupant(byte[] point) throws IOException;

    /** Who the process (on Linux: the thread) of that number is now; empty when that cannot be told. */
    Optional<Credentials> credentials(int pid);

    /** The kernel's number for an errno. */
    int number(Errno errno);

    /** Whether it is FreeBSD's protocol: it asks for permission for each component, with long cached names, too. */
    boolean asksForEachComponent();

    /** A device number as {@code stat} tells it, in the 32 bits of the protocol. */
    int deviceBits(long device);
}
