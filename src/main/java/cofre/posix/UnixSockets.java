package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;

/** Makes and finds Unix sockets. Thread-safe. */
public final class UnixSockets {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int BACKLOG = 64;
    private static final int SOCKET_MODE = 0660;
    private static final int DIRECTORY_MODE = 0750;
    /** Pause before another try where a full backlog refuses at once. */
    private static final int RETRY_MILLIS = 20;

    private final Calls calls;
    private final FileIo files;
    private final Directories directories;
    private final Nodes nodes;
    private final Ticker ticker;

    UnixSockets(Calls calls, FileIo files, Directories directories, Nodes nodes, Ticker ticker) {
        this.calls = calls;
        this.files = files;
        this.directories = directories;
        this.nodes = nodes;
        this.ticker = ticker;
    }

    /**
     * Listens on {@code directory/name}. The directory is made with mode 0750 when missing; one that others than its
     * owner may write to, or that belongs to somebody else than us and root, is refused, because whoever can write there
     * could put a socket of their own in our place. The socket gets mode 0660. With {@code group} both belong to it.
     *
     * @param directory absolute path; its parent must exist
     * @throws PosixException EADDRINUSE when somebody answers on that socket, EEXIST when something there is not a
     *     socket; a socket where nobody answers is replaced
     */
    public UnixServer listen(byte[] directory, RawName name, OptionalLong group) throws PosixException {
        byte[] path = join(directory, name);
        Fd dir = openDirectory(directory, group);
        try {
            removeStale(dir, name, path);
            Fd socket = socket(path, SOCK_STREAM);
            try {
                bind(socket, path);
                if (group.isPresent()) {
                    nodes.chownAt(dir, name, calls.c.geteuid(), group.getAsLong());
                }
                nodes.chmodAt(dir, name, SOCKET_MODE);
                calls.on(socket, "listen", n -> calls.c.listen(n, BACKLOG));
                return new UnixServer(
                        calls,
                        new UnixServer.Place(dir, name, directories.statAt(dir, name)),
                        socket,
                        directories,
                        nodes,
                        ticker);
            } catch (PosixException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (PosixException | RuntimeException e) {
            dir.close();
            throw e;
        }
    }

    /** Connects within the deadline. The stream's peer is the server, so a client can see whom it talks to. */
    public UnixStream connect(byte[] path, Duration deadline) throws PosixException {
        Fd socket = socket(path, SOCK_STREAM);
        try {
            Deadline until = Deadline.in(deadline, ticker);
            while (!tryConnect(socket, path)) {
                if (until.millisLeft() == 0) {
                    throw new PosixException(
                            Errno.ETIMEDOUT, "connect", Calls.describe(path), "no answer within " + deadline);
                }
                calls.c.poll(0, 0, RETRY_MILLIS);
            }
            int number = socket.hold();
            try {
                return new UnixStream(calls, socket, calls.platform.peer(number, calls), ticker);
            } finally {
                socket.drop();
            }
        } catch (PosixException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** A way to send messages to whoever receives them at {@code path} now. */
    public UnixDatagrams sendTo(byte[] path) throws PosixException {
        Fd socket = socket(path, SOCK_DGRAM);
        try {
            tryConnect(socket, path);
            return new UnixDatagrams(calls, socket, ticker);
        } catch (PosixException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** False when the server's backlog is full. */
    private boolean tryConnect(Fd socket, byte[] path) throws PosixException {
        Scratch s = calls.scratch();
        int length = address(path, s.small);
        int number = socket.hold();
        try {
            while (calls.c.connect(number, s.structAddress, length) < 0) {
                int last = calls.lastNumber();
                Errno errno = calls.errnoOf(last);
                if (errno == Errno.EAGAIN) {
                    return false;
                }
                if (errno == Errno.EISCONN) {
                    return true;
                }
                if (errno != Errno.EINTR) {
                    throw calls.failure("connect", path, last);
                }
            }
            return true;
        } finally {
            socket.drop();
        }
    }

    private Fd openDirectory(byte[] path, OptionalLong group) throws PosixException {
        Fd dir = openOrMake(path);
        try {
            FileStat stat = directories.stat(dir);
            long self = Integer.toUnsignedLong(calls.c.geteuid());
            boolean trusted = stat.uid() == 0 || stat.uid() == self;
            if (!trusted || (stat.mode() & 0022) != 0) {
                throw new PosixException(
                        Errno.EACCES,
                        "listen in",
                        Calls.describe(path),
                        "owner " + stat.uid() + " and mode " + Integer.toOctalString(stat.mode()) + " vs owner " + self
                                + " and nobody else allowed to write; no socket was made; chown and chmod it to 0750");
            }
            if (group.isPresent() && stat.uid() == self && stat.gid() != group.getAsLong()) {
                nodes.chown(dir, stat.uid(), group.getAsLong());
            }
            return dir;
        } catch (PosixException | RuntimeException e) {
            dir.close();
            throw e;
        }
    }

    private Fd openOrMake(byte[] path) throws PosixException {
        try {
            return files.open(path, OpenFlags.REAL_DIRECTORY);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        long address = calls.scratch().path(Scratch.NAME, path);
        if (calls.c.mkdirat(Platform.AT_FDCWD, address, DIRECTORY_MODE) < 0) {
            throw calls.failure("mkdir", path);
        }
        Fd made = files.open(path, OpenFlags.REAL_DIRECTORY);
        try {
            nodes.chmod(made, DIRECTORY_MODE); // whatever the umask: the group has to get through
            return made;
        } catch (PosixException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** Removes what a dead server left, and only that. */
    private void removeStale(Fd dir, RawName name, byte[] path) throws PosixException {
        FileKind kind;
        try {
            kind = directories.statAt(dir, name).kind();
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return;
            }
            throw e;
        }
        if (kind != FileKind.SOCKET) {
            throw new PosixException(
                    Errno.EEXIST,
                    "listen on",
                    Calls.describe(path),
                    "a " + kind + " is there vs nothing or a socket; it was left alone; move it away");
        }
        if (isAnswered(path)) {
            throw new PosixException(
                    Errno.EADDRINUSE,
                    "listen on",
                    Calls.describe(path),
                    "another process answers there vs nobody; it was left alone; stop it first");
        }
        nodes.unlinkAt(dir, name);
    }

    /** Only ECONNREFUSED proves that nobody listens; a full backlog is an answer too. */
    private boolean isAnswered(byte[] path) throws PosixException {
        try (Fd probe = socket(path, SOCK_STREAM)) {
            tryConnect(probe, path);
            return true;
        } catch (PosixException e) {
            if (e.errno() == Errno.ECONNREFUSED) {
                return false;
            }
            throw e;
        }
    }

    private Fd socket(byte[] path, int type) throws PosixException {
        int flags = type | calls.platform.numbers().socketFlags();
        int number = calls.c.socket(AF_UNIX, flags, 0);
        if (number < 0) {
            throw calls.failure("socket", path);
        }
        return calls.wrap(number, path.clone());
    }

    private void bind(Fd socket, byte[] path) throws PosixException {
        int length = address(path, calls.scratch().small);
        long address = calls.scratch().structAddress;
        calls.on(socket, "bind", n -> calls.c.bind(n, address, length));
    }

    /** Leaves the address in the structure region and gives its length. */
    private int address(byte[] path, ByteBuffer small) throws PosixException {
        int most = calls.platform.maxSocketPath();
        if (path.length > most || path.length == 0) {
            throw new PosixException(
                    Errno.ENAMETOOLONG,
                    "use socket",
                    Calls.describe(path),
                    path.length + " bytes vs 1 to " + most + "; choose a shorter path");
        }
        return calls.platform.encodeAddress(path, small, Scratch.STRUCT);
    }

    private static byte[] join(byte[] directory, RawName name) {
        byte[] path = java.util.Arrays.copyOf(directory, directory.length + 1 + name.length());
        path[directory.length] = '/';
        System.arraycopy(name.bytes(), 0, path, directory.length + 1, name.length());
        return path;
    }
}
