package cofre.posix;

import cofre.path.Display;
import cofre.path.RawName;
import java.nio.ByteBuffer;
import jnr.ffi.LastError;
import jnr.ffi.Runtime;

/** What every group of calls needs: the library, the platform, native memory, and one way to fail. Thread-safe. */
final class Calls {
    final LibC.Common c;
    final Platform platform;
    private final Runtime runtime;
    private final ThreadLocal<Scratch> scratch;

    Calls(LibC.Common c, Platform platform) {
        this.c = c;
        this.platform = platform;
        runtime = Runtime.getRuntime(c);
        scratch = ThreadLocal.withInitial(() -> new Scratch(runtime));
    }

    /** A call on a descriptor's number: negative means failed. */
    @FunctionalInterface
    interface FdCall {
        long on(int number) throws PosixException;
    }

    Scratch scratch() {
        return scratch.get();
    }

    long addressOf(ByteBuffer direct) {
        return Scratch.addressOf(runtime, direct);
    }

    /** The number the last failed call of this thread left. */
    int lastNumber() {
        return LastError.getLastError(runtime);
    }

    Errno errnoOf(int number) {
        return platform.errno(number);
    }

    /** The complaint of the last failed call of this thread. */
    PosixException failure(String call, Object object) {
        return failure(call, object, lastNumber());
    }

    PosixException failure(String call, Object object, int number) {
        return new PosixException(errnoOf(number), number, call, describe(object));
    }

    /** Runs a call while the descriptor is held, again when a signal interrupts it. */
    long on(Fd fd, String call, FdCall body) throws PosixException {
        int number = fd.hold();
        try {
            return repeat(number, call, fd, body);
        } finally {
            fd.drop();
        }
    }

    /** The same for a name below a directory; the name is only for the message. */
    long at(Fd dir, RawName name, String call, FdCall body) throws PosixException {
        int number = dir.hold();
        try {
            while (true) {
                long result = body.on(number);
                if (result >= 0) {
                    return result;
                }
                int last = lastNumber();
                if (errnoOf(last) != Errno.EINTR) {
                    throw failure(call, new Place(dir, name), last);
                }
            }
        } finally {
            dir.drop();
        }
    }

    private long repeat(int number, String call, Object object, FdCall body) throws PosixException {
        while (true) {
            long result = body.on(number);
            if (result >= 0) {
                return result;
            }
            int last = lastNumber();
            if (errnoOf(last) != Errno.EINTR) {
                throw failure(call, object, last);
            }
        }
    }

    /** A name and the directory it is in, shown only when something goes wrong. */
    record Place(Fd dir, RawName name) {
        @Override
        public String toString() {
            return Display.quoted(name.bytes()) + " in " + dir;
        }
    }

    static String describe(Object object) {
        if (object instanceof byte[] bytes) {
            return Display.quoted(bytes);
        }
        return object instanceof RawName name ? Display.quoted(name.bytes()) : String.valueOf(object);
    }

    /** Wraps a fresh descriptor. close(2) is never repeated: on both systems the number is gone even after EINTR. */
    Fd wrap(int number, Object label) {
        return new Fd(number, label, c::close);
    }
}
