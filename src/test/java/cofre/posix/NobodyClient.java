package cofre.posix;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jnr.ffi.LibraryLoader;

/** Becomes nobody, connects, and says which byte it heard. */
public final class NobodyClient {
    static final int NOBODY = 65534;

    private NobodyClient() {}

    /** The calls that drop rights. */
    public interface Rights {
        int setgid(int gid);

        int setuid(int uid);
    }

    public static void main(String[] arguments) throws java.io.IOException {
        byte[] path = arguments[0].getBytes(StandardCharsets.UTF_8);
        Posix posix = Posix.load(System::nanoTime);
        // Warms up what needs reading class files before the rights are gone.
        try {
            posix.sockets()
                    .connect("/nowhere".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(1))
                    .close();
        } catch (PosixException expected) {
            System.out.print("");
        }
        Rights rights = LibraryLoader.create(Rights.class).load("libc.so.6");
        if (rights.setgid(NOBODY) != 0 || rights.setuid(NOBODY) != 0) {
            throw new IllegalStateException("cannot become nobody");
        }
        try (UnixStream stream = posix.sockets().connect(path, Duration.ofSeconds(20))) {
            System.out.println("heard " + (char) stream.input().read());
        }
    }
}
