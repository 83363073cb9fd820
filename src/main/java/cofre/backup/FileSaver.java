package cofre.backup;

import cofre.change.DirtyRanges;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.BlobSink;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.util.Optional;

/** Takes over files that did not change and has the others read, whole or in parts, by several threads. Thread-safe. */
final class FileSaver {
    /**
     * What files are saved with.
     *
     * @param readers one for each thread
     * @param readsAttributes whether attributes are read of files that did not change, because their times do not tell,
     *     or what is compared with does not have them
     */
    record Tools(
            BlobReader reader,
            BlobSink sink,
            Workers workers,
            ThreadLocal<FileReader> readers,
            Nodes nodes,
            boolean readsAttributes,
            Progress progress) {}

    /**
     * A regular file in a directory that is being put together.
     *
     * @param place its place there
     * @param before what is known of its content, from the parent restore point
     * @param ranges what of it is not so any more, where that is known
     * @param hasNewAttributes whether its extended attributes are others, whatever its times say
     * @param existed whether there was a file of this name
     */
    record Found(
            DirWork work,
            int place,
            RawPath path,
            RawName name,
            SourceStat stat,
            Optional<Node> before,
            Optional<DirtyRanges> ranges,
            boolean hasNewAttributes,
            boolean existed) {}

    private final Tools tools;
    private final TreeSaver saver;
    private final RunCounts counts;

    FileSaver(Tools tools, TreeSaver saver, RunCounts counts) {
        this.tools = tools;
        this.saver = saver;
        this.counts = counts;
    }

    /** Sees to the file's node. Waits while too many files are being read. */
    void save(Found file) throws SourceException, InterruptedException {
        if (file.before().isPresent() && isUnchanged(file.before().get(), file.stat()) && !isKnownToDiffer(file)) {
            Node was = file.before().get();
            Metadata metadata = tools.readsAttributes || file.hasNewAttributes()
                    ? again(file)
                    : tools.nodes.unchanged(file.stat(), was.metadata());
            counts.filesUnmodified.incrementAndGet(); // attributes that cannot be read leave the file out
            counts.bytesProcessed.addAndGet(file.stat().size());
            tools.progress.add(1, file.stat().size());
            saver.put(file.work(), file.place(), new Node(file.name(), metadata, was.body()));
            return;
        }
        tools.workers.submit(() -> read(file));
    }

    private Metadata again(Found file) throws SourceException {
        SourceDir dir = file.work().dir();
        return tools.nodes.metadata(file.stat(), dir.xattrs(file.name()), dir.nfs4Acl(file.name(), file.stat()));
    }

    /** A file can be written twice within one tick of the clock: then its times alone do not tell. */
    private static boolean isKnownToDiffer(Found file) {
        return file.ranges().isPresent()
                && !file.ranges().get().clip(file.stat().size()).isEmpty();
    }

    /** restic's test: type, size, mtime, ctime and inode are equal, and every chunk is still in the repository. */
    boolean isUnchanged(Node before, SourceStat stat) {
        if (!(before.body() instanceof Node.FileBody body)) {
            return false;
        }
        Metadata was = before.metadata();
        return body.size() == stat.size()
                && was.mtime().equals(stat.mtime())
                && was.ctime().equals(stat.ctime())
                && was.inode() == stat.inode()
                && isKept(body);
    }

    private boolean isKept(Node.FileBody body) {
        for (BlobId id : body.content()) {
            if (!tools.sink.isKnown(BlobHandle.data(id))) {
                return false;
            }
        }
        return true;
    }

    /** In a reader's thread. */
    private void read(Found found) {
        if (saver.hasFailed()) {
            return;
        }
        try (SourceFile file = found.work().dir().open(found.name())) {
            SourceStat stat = file.stat();
            Metadata metadata = tools.nodes.metadata(stat, file.xattrs(), file.nfs4Acl(stat));
            FileReading reading = new FileReading((body, cause) -> {
                if (cause == null) {
                    done(found, new Node(found.name(), metadata, body), body.size());
                } else {
                    failed(found, cause);
                }
            });
            try {
                read(found, file, stat, reading);
            } catch (SourceException e) {
                reading.fail(e);
            }
            reading.ended();
        } catch (SourceException | RuntimeException | Error e) {
            failed(found, e);
        }
    }

    private void read(Found found, SourceFile file, SourceStat stat, FileReading reading) throws SourceException {
        FileReader reader = tools.readers.get();
        Optional<KnownChunks> old = found.ranges().isPresent() && found.before().isPresent()
                ? KnownChunks.of(found.before().get(), tools.reader)
                : Optional.empty();
        if (old.isEmpty()) {
            reader.read(file, reading);
            return;
        }
        new PartReader(old.get(), stat.size(), found.ranges().get().clip(stat.size())).read(file, reader, reading);
        if (reading.size() != stat.size()) {
            reading.fail(new SourceException.FileUnreadable(
                    "cannot read file \"" + found.path() + "\": it has " + reading.size() + " bytes vs " + stat.size()
                            + " that it says it has; it was left out; look at: zpool status -v",
                    null));
        }
    }

    private void done(Found found, Node node, long size) {
        (found.existed() ? counts.filesChanged : counts.filesNew).incrementAndGet();
        counts.bytesProcessed.addAndGet(size);
        tools.progress.add(1, 0);
        saver.put(found.work(), found.place(), node);
    }

    /** A file that cannot be read is left out and reported; anything else ends the run. */
    private void failed(Found found, Throwable cause) {
        if (cause instanceof SourceException.FileUnreadable e) {
            saver.leaveOut(found.work(), found.place(), found.path(), e.getMessage());
        } else {
            saver.fail(cause);
        }
    }
}
