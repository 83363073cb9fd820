package cofre.posix;

import cofre.shim.Shim;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/** Opens a directory, gives up root's rights, and lists what may then be listed but not looked at; with the shim of the second argument. */
public final class UnsearchableListing {
    private static final int NOBODY = 65534;

    private UnsearchableListing() {}

    /** The call that drops rights: of the whole process only when its other threads follow, which glibc sees to. */
    public interface Rights {
        int setuid(int uid);
    }

    public static void main(String[] arguments) throws PosixException {
        Posix posix = Posix.load(System::nanoTime);
        Rights rights = LibraryLoader.create(Rights.class).load("libc.so.6");
        byte[] path = arguments[0].getBytes(StandardCharsets.UTF_8);
        if (arguments.length > 1 && Shim.load(Path.of(arguments[1])) instanceof Shim.Loaded shim) {
            posix = posix.withBatches(shim::batchDir);
        }
        try (Fd dir = posix.files().open(path, OpenFlags.REAL_DIRECTORY)) {
            // Warms up what needs reading class files before the rights are gone.
            posix.directories().listWithStat(dir);
            if (rights.setuid(NOBODY) != 0) {
                throw new IllegalStateException("cannot become nobody");
            }
            for (StatEntry entry : posix.directories().listWithStat(dir)) {
                String said = entry instanceof StatEntry.Failed failed
                        ? failed.errno().name()
                        : "readable";
                System.out.println(entry.name() + " " + said);
            }
        }
    }
}
