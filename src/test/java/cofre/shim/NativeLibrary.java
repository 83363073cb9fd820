package cofre.shim;

import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** The shim as the build made it. Where it was not built, its tests report themselves as not run, unless required. */
final class NativeLibrary {
    private NativeLibrary() {}

    /** The directory that {@code make -C native} fills. */
    static Path directory() {
        return Path.of(System.getProperty("cofre.native", "native/build"));
    }

    /** The loaded shim; with {@code -Dcofre.native.required=true} its absence is a failure. */
    static Shim.Loaded loaded() {
        Shim shim = Shim.load(directory());
        if (shim instanceof Shim.Loaded loaded) {
            return loaded;
        }
        String message = shim.description() + "; build it with: make -C native";
        if (Boolean.getBoolean("cofre.native.required")) {
            throw new AssertionError(message);
        }
        throw new TestAbortedException(message);
    }
}
