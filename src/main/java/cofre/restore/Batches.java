package cofre.restore;

import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Works off batches: while the threads restore one, the next is planned. For the thread that owns the run.
 */
final class Batches implements AutoCloseable {
    private final Crew crew;
    private final RunStop stop;
    private final Tally tally;
    private final Verifier verifier; // null when nothing is to be verified
    private final RangeFetch fetch;
    private Batch current;
    private CountDownLatch working;

    Batches(Crew crew, RunStop stop, Tally tally, BlobReader reader, Verifier verifier) {
        this.crew = crew;
        this.stop = stop;
        this.tally = tally;
        this.verifier = verifier;
        this.fetch = new RangeFetch(reader, tally, new Wanted.Finished() {
            @Override
            public void bytes(long count) {
                tally.bytesDone(count);
            }

            @Override
            public void file(RestoredFile file) throws TargetException {
                fileFinished(file);
            }
        });
    }

    /** Begins this batch when the one before is done. */
    void submit(Batch batch) throws BackendException, RepositoryException, TargetException, InterruptedException {
        finish();
        List<Crew.Task> tasks = new ArrayList<>();
        // First, so that whoever brings a file's last piece finishes it while it is still open.
        for (RestoredFile file : batch.files()) {
            tasks.add(() -> planned(file));
        }
        for (PackRange range : batch.ranges()) {
            tasks.add(() -> fetch.run(range));
        }
        tasks.addAll(batch.chores());
        current = batch;
        working = crew.start(tasks);
    }

    /** Takes away the piece that stood for the planning: files without any other are made here. */
    private void planned(RestoredFile file) throws TargetException {
        if (file.pieceDone()) {
            fileFinished(file);
        }
    }

    /** A file to be read back keeps its directory waiting. */
    private void fileFinished(RestoredFile file) throws TargetException {
        if (verifier == null || !file.isWritten()) {
            file.dir().done();
        }
    }

    /** Returns when all that was submitted is done. */
    void finish() throws BackendException, RepositoryException, TargetException, InterruptedException {
        if (current == null) {
            return;
        }
        await(working);
        for (Batch.PendingLink link : current.links()) {
            link(link);
        }
        if (verifier != null) {
            await(crew.start(current.files().stream()
                    .filter(RestoredFile::isWritten)
                    .<Crew.Task>map(file -> () -> verify(file))
                    .toList()));
        }
        current = null;
    }

    private void await(CountDownLatch latch)
            throws BackendException, RepositoryException, TargetException, InterruptedException {
        latch.await();
        stop.check();
    }

    private void verify(RestoredFile file) throws TargetException {
        verifier.file(file);
        file.dir().done();
    }

    private void link(Batch.PendingLink link) throws TargetException {
        HardLinks.Leader leader = link.leader();
        try {
            if (leader.stands().getAsBoolean()) {
                link.dir()
                        .target()
                        .orElseThrow()
                        .link(
                                leader.dir().target().orElseThrow(),
                                leader.node().name(),
                                link.file().name());
                tally.fileWritten(0);
            } else {
                tally.failed(
                        link.dir().path(link.file().name()),
                        "it was not restored: it is another name of \""
                                + leader.dir().path(leader.node().name()) + "\", which could not be");
            }
        } catch (TargetException.Entry e) {
            tally.failed(link.dir().path(link.file().name()), e.getMessage());
        }
        link.dir().done();
    }

    /** After a failure: removes what is half done. The crew must be at rest. */
    @Override
    public void close() {
        if (current != null) {
            current.files().forEach(RestoredFile::discard);
        }
    }
}
