package cofre.chunk;

final class TwoLaneCutFinderTest extends CutFinderContract {
    @Override
    protected CutFinder finder(ChunkTables tables, long mask) {
        return new TwoLaneCutFinder(tables, mask);
    }
}
