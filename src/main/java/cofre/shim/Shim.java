package cofre.shim;

import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.CutFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.LibraryLoader;

/** What came of the attempt to load the native shim. */
public sealed interface Shim {
    /** The library's name inside a directory. */
    String FILE_NAME = "libcofre.so";
    /** COFRE_ABI_VERSION of the header that this code was written against. */
    int ABI_VERSION = 1;

    /** One sentence for {@code cofre version}. */
    String description();

    /**
     * Loads the library and tests it against the Java twins; takes some milliseconds. Never throws: whatever is wrong
     * becomes the reason of an {@link Absent}. Calls must not overlap.
     *
     * @param place the library itself, or the directory that holds {@link #FILE_NAME}
     */
    static Shim load(Path place) {
        Path absolute = place.toAbsolutePath();
        Path file = Files.isDirectory(absolute) ? absolute.resolve(FILE_NAME) : absolute;
        if (!Files.isRegularFile(file)) {
            return new Absent("no file " + file);
        }
        try {
            ShimLibrary library =
                    LibraryLoader.create(ShimLibrary.class).failImmediately().load(file.toString());
            return tested(file, library);
        } catch (LinkageError | RuntimeException e) {
            return new Absent(file + " cannot be loaded: " + e.getMessage());
        }
    }

    static Shim tested(Path file, ShimLibrary library) {
        int version = library.cofre_abi_version();
        if (version != ABI_VERSION) {
            return new Absent(file + " has interface version " + version + " vs " + ABI_VERSION);
        }
        Optional<String> chunker = SelfTest.mismatch((tables, mask) -> new NativeCutFinder(library, tables, mask));
        if (chunker.isPresent()) {
            return new Absent(file + " failed its self-test: " + chunker.get());
        }
        if (library.cofre_poly1305_libcrypto() == 1
                && SelfTest.mismatch(new NativePoly1305(library, NativePoly1305.LIBCRYPTO))
                        .isEmpty()) {
            return new Loaded(library, NativePoly1305.LIBCRYPTO);
        }
        Optional<String> poly1305 = SelfTest.mismatch(new NativePoly1305(library, NativePoly1305.OWN));
        return poly1305.isEmpty()
                ? new Loaded(library, NativePoly1305.OWN)
                : new Absent(file + " failed its self-test: " + poly1305.get());
    }

    /**
     * The shim is not in use.
     *
     * @param reason what was found instead
     */
    record Absent(String reason) implements Shim {
        @Override
        public String description() {
            return "Java (no native shim: " + reason + ")";
        }
    }

    /** The shim is loaded and gives the same bytes as the Java twins. Immutable, for any thread. */
    final class Loaded implements Shim {
        private final ShimLibrary library;
        private final int which;

        private Loaded(ShimLibrary library, int which) {
            this.library = library;
            this.which = which;
        }

        @Override
        public String description() {
            return "native shim " + ABI_VERSION + " (chunker in 4 lanes, Poly1305 by "
                    + (which == NativePoly1305.LIBCRYPTO ? "libcrypto" : "libcofre") + ", batch directory reading)";
        }

        /** A finder of restic's cuts. */
        public CutFinder cutFinder(ChunkTables tables) {
            return cutFinder(tables, Chunker.CUT_MASK);
        }

        CutFinder cutFinder(ChunkTables tables, long mask) {
            return new NativeCutFinder(library, tables, mask);
        }

        /** An authenticator. */
        public Poly1305 poly1305() {
            return new NativePoly1305(library, which);
        }

        /** The same by our own C code, libcrypto or not. */
        Poly1305 ownPoly1305() {
            return new NativePoly1305(library, NativePoly1305.OWN);
        }

        /** A reader of directories. */
        public BatchDir batchDir() {
            return new BatchDir(library);
        }
    }
}
