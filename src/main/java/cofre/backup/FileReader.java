package cofre.backup;

import cofre.chunk.Chunker;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import java.util.function.LongConsumer;

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

    /** Reads the file to its end; every chunk goes to {@code reading}. */
    void read(SourceFile file, FileReading reading) throws SourceException {
        chunker.start();
        int start = 0; // of the chunk begun
        int scanned = 0; // end of what the chunker has seen
        int filled = 0;
        boolean first = true;
        while (true) {
            if (filled == window.length || window.length - filled < READ) {
                System.arraycopy(window, start, window, 0, filled - start);
                filled -= start;
                scanned -= start;
                start = 0;
            }
            int got = file.read(window, filled, Math.min(READ, window.length - filled));
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
                    first = false;
                }
            }
        }
        if (filled > start) {
            saver.save(window, start, filled - start, first, reading.next(filled - start));
        }
    }
}
