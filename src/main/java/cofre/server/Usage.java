package cofre.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the store holds, in bytes.
 *
 * @param total files and folders together, as rest-server counts for its limit of the whole server
 * @param byRepository files only, by repository
 */
record Usage(long total, Map<RepoPath, Long> byRepository) {

    Usage {
        byRepository = Map.copyOf(byRepository);
    }

    static Usage none() {
        return new Usage(0, Map.of());
    }

    /** Walks everything below the root. Files that vanish meanwhile are not counted. */
    static Usage measure(Path root) throws IOException {
        Counting counting = new Counting(root);
        Files.walkFileTree(root, counting);
        return new Usage(counting.total, counting.byRepository);
    }

    private static final class Counting extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Map<RepoPath, Long> byRepository = new HashMap<>();
        private long total;

        Counting(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            total += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A temporary file is given back when its upload ends or the sweep removes it: it was never counted.
            if (!StoreLayout.isTemporary(file)) {
                total += attributes.size();
                byRepository.merge(repositoryOf(root.relativize(file)), attributes.size(), Long::sum);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        /** The folders before the first one that names a file type, or all but the file's own name. */
        private static RepoPath repositoryOf(Path relative) {
            List<String> folders = new ArrayList<>();
            for (Path name : relative.getNameCount() > 1 ? relative.getParent() : Path.of("")) {
                if (FileType.of(name.toString()).isPresent() || name.toString().isEmpty()) {
                    break;
                }
                folders.add(name.toString());
            }
            return new RepoPath(folders);
        }
    }
}
