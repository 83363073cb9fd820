package cofre.testkit.zfs;

import cofre.format.Xattr;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.util.List;

/** An open file of a {@link ModelSnapshot}. Gives at most 4093 bytes a read, so that short reads are the rule. */
final class ModelFile implements SourceFile {
    private static final int SHORT = 4093;

    private final ModelSnapshot snapshot;
    private final ModelObject file;
    private long position;
    private boolean closed;

    ModelFile(ModelSnapshot snapshot, ModelObject file) {
        this.snapshot = snapshot;
        this.file = file;
        snapshot.handles().incrementAndGet();
        snapshot.counts().opens.incrementAndGet();
    }

    @Override
    public SourceStat stat() {
        return snapshot.stat(file);
    }

    @Override
    public int read(byte[] into, int at, int length) throws SourceException {
        if (closed) {
            throw new IllegalStateException("used after it was closed");
        }
        snapshot.faults().check(file.number, ModelFaults.Kind.READ);
        if (position >= file.size) {
            return -1;
        }
        int n = (int) Math.min(Math.min(length, SHORT), file.size - position);
        file.content.read(position, into, at, n);
        position += n;
        snapshot.counts().bytes.addAndGet(n);
        return n;
    }

    @Override
    public void position(long offset) {
        position = offset;
    }

    @Override
    public List<Xattr> xattrs() {
        return snapshot.xattrs(file);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            snapshot.handles().decrementAndGet();
        }
    }
}
