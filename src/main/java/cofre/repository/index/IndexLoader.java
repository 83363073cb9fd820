package cofre.repository.index;

import cofre.format.FormatException;
import cofre.format.IndexCodec;
import cofre.format.Sha256;
import cofre.seal.OpenedFile;
import cofre.seal.SealException;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Fills a {@link BlobIndex} from the index files. A damaged or hostile file is skipped and named, never fatal: one bad
 * file among good ones must not make everything unreachable.
 */
public final class IndexLoader {
    /** restic's files hold 50,000 blobs (about 10 MiB of JSON, 2 MiB stored); this is far beyond, and still fits. */
    private static final long MAX_STORED = 256L << 20;

    /** About what a blob takes in a stored file: 32 are its id, which cannot be compressed. */
    private static final int BYTES_A_BLOB = 48;

    /** More at once are no faster on any machine we know, and each needs room for a whole file. */
    private static final int MOST_THREADS = 2;

    private final Backend backend;
    private final UnpackedSeal seal;
    private final int threads;
    private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

    /** A loader that reads so many files at once, at most two. */
    public IndexLoader(Backend backend, UnpackedSeal seal, int threads) {
        this.backend = backend;
        this.seal = seal;
        this.threads = Math.min(threads, MOST_THREADS);
    }

    /**
     * What could not be used.
     *
     * @param name the index file
     * @param reason why, a sentence
     */
    public record Skipped(String name, String reason) {}

    /** Hears what each file holds; called by several threads at once. */
    public interface Listener {
        /**
         * All of this file was added to the index.
         *
         * @param listing for each pack the file names, its number in the index above and how many blobs of it below
         */
        void loaded(String name, long[] listing);
    }

    /** What a thread reads files with, one after the other. */
    private static final class Desk {
        private final OpenedFile opened = new OpenedFile();
        private final Staged staged = new Staged();
    }

    /** Adds all blobs of all index files; gives the files that could not be used. */
    public List<Skipped> load(BlobIndex into) throws BackendException, InterruptedException {
        return load(into, name -> true, (name, listing) -> {});
    }

    /** Adds all blobs of the index files that are {@code wanted} by name; gives those that could not be used. */
    public List<Skipped> load(BlobIndex into, Predicate<String> wanted, Listener listener)
            throws BackendException, InterruptedException {
        List<FileInfo> files = new ArrayList<>();
        backend.list(FileType.INDEX, file -> {
            if (wanted.test(file.name())) {
                files.add(file);
            }
        });
        List<Skipped> skipped = new ArrayList<>();
        into.expect(files.stream()
                        .mapToLong(file -> Math.min(file.size(), MAX_STORED))
                        .sum()
                / BYTES_A_BLOB);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Skipped>> results = new ArrayList<>();
            for (FileInfo file : files) {
                results.add(pool.submit(() -> loadOne(file.name(), into, listener)));
            }
            for (Future<Skipped> result : results) {
                Skipped one = get(result);
                if (one != null) {
                    skipped.add(one);
                }
            }
            return skipped;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Skipped get(Future<Skipped> result) throws BackendException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackendException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Null when all went well. Nothing of a file is used unless all of it can be read. */
    private Skipped loadOne(String name, BlobIndex into, Listener listener) throws BackendException {
        try {
            Desk desk = desks.get();
            byte[] sealed = backend.get(new FileHandle(FileType.INDEX, name), MAX_STORED);
            seal.open(UnpackedKind.INDEX, Sha256.parse(name), sealed, desk.opened);
            desk.staged.clear();
            IndexCodec.decode(desk.opened.bytes(), 0, desk.opened.length(), desk.staged);
            long[] listing = new long[desk.staged.packs()];
            int[] at = new int[1];
            desk.staged.replay(pack -> listing[at[0]++] =
                    ((long) into.add(pack) << 32) | pack.blobs().size());
            into.addFile(name);
            listener.loaded(name, listing);
            return null;
        } catch (FormatException | SealException | BackendException.Corrupt | IllegalArgumentException e) {
            return new Skipped(name, "cannot use index file " + name + ": " + e.getMessage());
        } catch (BackendException.NotFound e) {
            return new Skipped(name, "cannot use index file " + name + ": it was removed while indexes were read");
        }
    }
}
