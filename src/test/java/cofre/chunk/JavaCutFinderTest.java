package cofre.chunk;

final class JavaCutFinderTest extends CutFinderContract {
    @Override
    protected CutFinder finder(ChunkTables tables, long mask) {
        return new JavaCutFinder(tables, mask);
    }
}
