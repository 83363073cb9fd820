package cofre.testkit;

import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.util.List;
import java.util.Optional;

/** An open file of a tree in memory. Gives at most 4093 bytes a read, so that short reads are the rule. */
final class MemoryFile implements SourceFile {
    private static final int SHORT = 4093;

    private final MemoryNode node;
    private final RawName name;
    private int position;
    private boolean closed;

    MemoryFile(MemoryNode node, RawName name) {
        this.node = node;
        this.name = name;
        node.opened();
    }

    @Override
    public SourceStat stat() {
        return node.stat();
    }

    @Override
    public int read(byte[] into, int at, int length) throws SourceException {
        if (closed) {
            throw new IllegalStateException("used after it was closed");
        }
        if (position >= node.failAfter()) {
            throw new SourceException.FileUnreadable("cannot read " + name + ": I/O error", null);
        }
        byte[] content = node.content();
        if (position >= content.length) {
            return -1;
        }
        long allowed = Math.min(content.length, node.failAfter()) - position;
        int n = (int) Math.min(Math.min(length, SHORT), allowed);
        System.arraycopy(content, position, into, at, n);
        position += n;
        return n;
    }

    @Override
    public void position(long offset) {
        position = Math.toIntExact(offset);
    }

    @Override
    public Optional<String> nfs4Acl(SourceStat stat) {
        return node.nfs4Acl();
    }

    @Override
    public List<Xattr> xattrs() {
        return node.xattrs();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            node.closed();
        }
    }
}
