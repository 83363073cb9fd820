package cofre.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes what uploads cut off by a crash have left behind. Only files that carry our own mark, and only those nobody
 * has written to for an hour: an upload that is alive moves faster, or its connection is closed.
 */
final class TempSweep {
    static final Duration OLD = Duration.ofHours(1);

    private final Path root;
    private final Clock clock;

    TempSweep(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Walks the store once; errors are logged and end this walk only. */
    void run() {
        Instant limit = clock.instant().minus(OLD);
        try {
            Files.walkFileTree(root, new Visitor(limit));
        } catch (IOException e) {
            Log.STORE.warn("cannot look for old temporary files in {}: {}; tried again later", root, e.toString());
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Instant limit;

        Visitor(Instant limit) {
            this.limit = limit;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (StoreLayout.isTemporary(file)
                    && attributes.isRegularFile()
                    && attributes.lastModifiedTime().toInstant().isBefore(limit)) {
                Files.deleteIfExists(file);
                Log.STORE.info("removed temporary file of an interrupted upload: {}", file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
