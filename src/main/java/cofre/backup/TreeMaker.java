package cofre.backup;

import cofre.format.Node;
import cofre.progress.Progress;
import cofre.repository.BlobSink;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.source.Frozen;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the tree of a share once, by one approach. Has threads of its own while it does. */
final class TreeMaker {
    /** What one making found. */
    record Made(Node root, RunCounts counts, Unreadable unreadable, Departures departures) {}

    /**
     * An earlier restore point.
     *
     * @param root the share's root directory in it
     * @param hasRights whether it has the rights of every entry as this run keeps them: otherwise those of unchanged files
     *     cannot be taken from it
     */
    record Before(Optional<Node> root, boolean hasRights) {}

    private final BackupRun.Tools tools;
    private final Repository repository;
    private final Nodes nodes;
    private final Progress progress;

    TreeMaker(BackupRun.Tools tools, Repository repository, Nodes nodes, Progress progress) {
        this.tools = tools;
        this.repository = repository;
        this.nodes = nodes;
        this.progress = progress;
    }

    /**
     * Makes it.
     *
     * @param before what is compared with
     */
    Made make(BackupRun.Job job, Frozen view, Approach approach, Before before, BlobSink sink)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        RunCounts counts = new RunCounts();
        Unreadable unreadable = new Unreadable(progress);
        Departures departures = new Departures();
        RootPath rootPath = new RootPath(job.request().root(), repository.reader());
        int threads = Math.min(BackupRun.MAX_THREADS, tools.threads());
        ExecutorService sealers = sealers(threads);
        Workers workers = new Workers("cofre-read", threads);
        TreeSaver saver =
                new TreeSaver(repository.reader(), sink, counts, unreadable, approach.findings(), new RunFailure());
        try {
            FileSaver files = new FileSaver(
                    new FileSaver.Tools(
                            repository.reader(),
                            sink,
                            workers,
                            readers(sink, sealers, threads, counts),
                            nodes,
                            !view.timesCoverAttributes() || !before.hasRights(),
                            progress),
                    saver,
                    counts);
            TreeWriter writer = new TreeWriter(new TreeWriter.Tools(
                    repository.reader(),
                    saver,
                    files,
                    nodes,
                    job.excludes(),
                    approach.scope(),
                    approach.findings(),
                    departures,
                    counts,
                    progress));
            Node root = writer.write(view.openRoot(), job.request().root(), rootPath.lastName(), before.root());
            return new Made(root, counts, unreadable, departures);
        } finally {
            stop(workers, sealers, saver);
        }
    }

    private ThreadLocal<FileReader> readers(BlobSink sink, Executor sealers, int threads, RunCounts counts) {
        ChunkSaver saver = new ChunkSaver(sink, sealers, threads);
        return ThreadLocal.withInitial(() -> new FileReader(tools.chunkers().get(), saver, bytes -> {
            counts.bytesRead.addAndGet(bytes);
            progress.add(0, bytes);
        }));
    }

    private static ExecutorService sealers(int threads) {
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "cofre-seal");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void stop(Workers workers, ExecutorService sealers, TreeSaver saver) {
        sealers.shutdownNow();
        if (workers.stop()) {
            saver.close();
        } // else a thread hangs in a read: its directory stays open rather than become another file's number
    }
}
