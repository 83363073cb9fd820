package cofre.shim;

import cofre.chunk.ChunkTables;
import cofre.chunk.CutFinder;
import cofre.chunk.CutFinderContract;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class NativeCutFinderTest extends CutFinderContract {
    private final Shim.Loaded shim = NativeLibrary.loaded();

    @Override
    protected CutFinder finder(ChunkTables tables, long mask) {
        return shim.cutFinder(tables, mask);
    }
}
