package cofre.testkit;

import cofre.format.NodeType;
import cofre.format.RightsModel;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.source.NamedEntry;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An open directory of a tree in memory. Lists in a mixed-up order, as file systems do. */
public final class MemoryDir implements SourceDir {
    private final MemoryNode node;
    private boolean closed;

    MemoryDir(MemoryNode node) {
        this.node = node;
        node.opened();
    }

    @Override
    public SourceStat stat() {
        checkOpen();
        return node.stat();
    }

    @Override
    public List<SourceEntry> list() throws SourceException {
        checkOpen();
        if (!node.isReadable()) {
            throw new SourceException.FileUnreadable("cannot list directory: permission denied", null);
        }
        List<SourceEntry> entries = new ArrayList<>();
        node.children()
                .forEach((name, child) -> entries.add(
                        child.isStatable()
                                ? SourceEntry.of(name, child.stat())
                                : SourceEntry.unreadable(name, "cannot stat " + name + ": I/O error")));
        Collections.shuffle(entries, new Random(entries.size()));
        return entries;
    }

    @Override
    public List<NamedEntry> names() throws SourceException {
        checkOpen();
        if (!node.isReadable()) {
            throw new SourceException.FileUnreadable("cannot list directory: permission denied", null);
        }
        List<NamedEntry> names = new ArrayList<>();
        node.children()
                .forEach((name, child) ->
                        names.add(new NamedEntry(name, child.stat().inode(), Optional.of(child.type()))));
        Collections.shuffle(names, new Random(names.size()));
        return names;
    }

    @Override
    public SourceStat look(RawName name) throws SourceException {
        MemoryNode child = entry(name);
        if (!child.isStatable()) {
            throw new SourceException.FileUnreadable("cannot stat " + name + ": I/O error", null);
        }
        return child.stat();
    }

    @Override
    public SourceDir enter(RawName name) throws SourceException {
        return new MemoryDir(find(name, NodeType.DIR));
    }

    @Override
    public SourceFile open(RawName name) throws SourceException {
        return new MemoryFile(find(name, NodeType.FILE), name);
    }

    @Override
    public byte[] readLink(RawName name) throws SourceException {
        return find(name, NodeType.SYMLINK).content().clone();
    }

    @Override
    public List<Xattr> xattrs(RawName name) throws SourceException {
        MemoryNode child = entry(name);
        return child.xattrs();
    }

    @Override
    public Optional<String> nfs4Acl(RawName name, SourceStat stat) throws SourceException {
        return entry(name).nfs4Acl();
    }

    @Override
    public Optional<String> nfs4Acl(SourceStat stat) {
        return node.nfs4Acl();
    }

    @Override
    public RightsModel rights() {
        return node.rights();
    }

    @Override
    public List<Xattr> xattrs() {
        checkOpen();
        return node.xattrs();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            node.closed();
        }
    }

    private MemoryNode find(RawName name, NodeType wanted) throws SourceException {
        MemoryNode child = entry(name);
        if (child.type() != wanted) {
            throw new SourceException.FileUnreadable(
                    "cannot open " + name + ": it is a " + child.type().text() + " vs a " + wanted.text(), null);
        }
        // A directory that cannot be read can still be entered: its listing is what fails.
        if (!child.isReadable() && wanted != NodeType.DIR) {
            throw new SourceException.FileUnreadable("cannot open " + name + ": permission denied", null);
        }
        return child;
    }

    private MemoryNode entry(RawName name) throws SourceException {
        checkOpen();
        MemoryNode child = node.children().get(name);
        if (child == null) {
            throw new SourceException.FileUnreadable("cannot open " + name + ": no such entry", null);
        }
        return child;
    }

    private synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("used after it was closed");
        }
    }
}
