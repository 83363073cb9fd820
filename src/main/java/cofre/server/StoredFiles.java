package cofre.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/**
 * The files of one type, read from the folder as they are asked for: a list of a million packs costs no memory. Only
 * names that a client could ask for are given, so temporary files and strangers stay unseen. An error is an error,
 * never a shorter list. Not thread-safe.
 */
final class StoredFiles implements Closeable {
    private final Path folder;
    private final boolean fannedOut;
    private int nextFanout;
    private String prefix = "";
    private DirectoryStream<Path> stream;
    private Iterator<Path> names;

    /** One file of the list. */
    record Entry(String id, long size) {}

    StoredFiles(Path folder, boolean fannedOut) throws IOException, Refusal.NotFound {
        this.folder = folder;
        this.fannedOut = fannedOut;
        try {
            open(folder);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // NotDirectory also stands for a folder above that is a file.
            throw new Refusal.NotFound();
        }
        if (fannedOut) {
            stream.close();
            nextFolder();
        }
    }

    /** The next file, or empty at the end. */
    Optional<Entry> next() throws IOException {
        try {
            while (true) {
                while (names.hasNext()) {
                    Optional<Entry> entry = entry(names.next());
                    if (entry.isPresent()) {
                        return entry;
                    }
                }
                if (!fannedOut || !nextFolder()) {
                    return Optional.empty();
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Optional<Entry> entry(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.startsWith(prefix) || !Item.Blob.isId(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Entry(name, Files.size(file)));
        } catch (NoSuchFileException e) {
            // Deleted since the folder was read.
            return Optional.empty();
        }
    }

    /** Opens the next of the 256 folders that exists; at the end there is an empty iterator. */
    private boolean nextFolder() throws IOException {
        while (nextFanout < StoreLayout.FANOUT) {
            stream.close();
            prefix = StoreLayout.fanoutFolder(nextFanout++);
            try {
                open(folder.resolve(prefix));
                return true;
            } catch (NoSuchFileException e) {
                names = java.util.Collections.emptyIterator();
            }
        }
        return false;
    }

    /** The stream is kept in a field and closed by {@link #close} or before the next folder. */
    @SuppressWarnings("StreamResourceLeak")
    private void open(Path directory) throws IOException {
        stream = Files.newDirectoryStream(directory);
        names = stream.iterator();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
