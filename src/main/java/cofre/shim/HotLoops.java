package cofre.shim;

import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.CutFinder;
import cofre.chunk.JavaCutFinder;
import cofre.chunk.Polynomial;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The hot loops that this process uses: native where the shim is loaded, else the Java twins. For any thread; what the
 * factories make belongs to one thread at a time and is meant to be kept by it, as making it costs more than using it.
 *
 * @param cutFinders makes a cut finder for a polynomial's tables
 * @param poly1305s makes an authenticator
 * @param batchDirs makes a batch directory reader; empty without the shim
 * @param description one sentence for {@code cofre version}: what is in use, and why
 */
public record HotLoops(
        Function<ChunkTables, CutFinder> cutFinders,
        Supplier<Poly1305> poly1305s,
        Optional<Supplier<BatchDir>> batchDirs,
        String description) {

    /** The native loops if {@code shim} is loaded, else the Java twins. */
    public static HotLoops of(Shim shim) {
        if (shim instanceof Shim.Loaded loaded) {
            return new HotLoops(
                    loaded::cutFinder, loaded::poly1305, Optional.of(loaded::batchDir), loaded.description());
        }
        return new HotLoops(JavaCutFinder::new, JavaPoly1305::new, Optional.empty(), shim.description());
    }

    /** A chunker for one worker. */
    public Chunker chunker(Polynomial polynomial) {
        return new Chunker(cutFinders.apply(new ChunkTables(polynomial)));
    }
}
