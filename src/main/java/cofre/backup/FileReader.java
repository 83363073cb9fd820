package cofre.backup;

import cofre.chunk.Chunker;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/** Reads files, cuts them into chunks and has the chunks saved. One per thread: it owns memory for the longest chunk. */
final class FileReader {
    /** One read call's worth: small enough that little has to be moved after a cut, large enough to be cheap. */
    private static final int READ = 512 * 1024;

    private final byte[] window = new byte[Chunker.MAX + READ];
    private final Chunker chunker;
    private final ChunkSaver saver;
    private final LongConsumer bytesRead;

    FileReader(Chunker chunker, ChunkSaver saver, LongConsumer bytesRead) {
        this.chunker = chunker;
        this.saver = saver;
        this.bytesRead = bytesRead;
    }

    /** Reads the file from where it stands to its end; every chunk goes to {@code reading}. */
    void read(SourceFile file, FileReading reading) throws SourceException {
        read(file, 0, cut -> false, reading);
    }

    /**
     * Reads on from {@code offset}, which must be where a chunk begins, and where the file stands.
     *
     * @param enough asked after each chunk that ended before the file did, with the offset of its end: whether to stop there
     * @return the offset of the end of the last chunk; the file stands there or after it
     */
    long read(SourceFile file, long offset, LongPredicate enough, FileReading reading) throws SourceException {
        chunker.start();
        long windowAt = offset; // of the window's first byte
        int start = 0; // of the chunk begun
        int scanned = 0; // end of what the chunker has seen
        int filled = 0;
        while (true) {
            if (window.length - filled < READ) {
                System.arraycopy(window, start, window, 0, filled - start);
                windowAt += start;
                filled -= start;
                scanned -= start;
                start = 0;
            }
            int got = file.read(window, filled, READ);
            if (got < 0) {
                break;
            }
            filled += got;
            bytesRead.accept(got);
            while (scanned < filled) {
                scanned += chunker.feed(window, scanned, filled - scanned);
                if (chunker.atCut()) {
                    saver.save(window, start, scanned - start, false, reading.next(scanned - start));
                    start = scanned;
                    if (enough.test(windowAt + start)) {
                        return windowAt + start;
                    }
                }
            }
        }
        if (filled > start) {
            boolean alone = windowAt + start == 0;
            saver.save(window, start, filled - start, alone, reading.next(filled - start));
        }
        return windowAt + filled;
    }
}
