package cofre.storage.local;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileList;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.storage.PositionalFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A store in a directory, which restic opens with {@code -r DIR}. A file appears under its final name whole and synced or
 * not at all, and is never replaced. Safe for several threads, and for several processes on one directory.
 */
public final class LocalBackend implements Backend {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Path root;
    private final Layout layout;
    private final Publisher publisher;

    /**
     * @param root the store's directory; need not be there before {@link #create}
     * @param clock tells how old a leftover temporary file is
     */
    public LocalBackend(Path root, Clock clock) {
        this.root = root.toAbsolutePath();
        this.layout = new Layout(this.root);
        this.publisher = new Publisher(this.root, clock);
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public void create() throws BackendException {
        try {
            layout.create();
        } catch (IOException e) {
            throw new LocalFailure("create", "store", root).of(e);
        }
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        try {
            return Files.size(regular(file));
        } catch (IOException e) {
            throw new LocalFailure("measure", file, root).of(e);
        }
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        LocalFailure failure = new LocalFailure("read", file, root);
        try (PositionalFile opened = new PositionalFile(regular(file))) {
            long size = opened.size();
            if (size > Math.min(maxLength, LONGEST_ARRAY)) {
                throw failure.corrupt("it has " + size + " bytes vs at most " + maxLength, null);
            }
            byte[] bytes = new byte[(int) size];
            if (!opened.read(0, bytes, 0, bytes.length)) {
                throw failure.corrupt("it became shorter than " + size + " bytes meanwhile", null);
            }
            return bytes;
        } catch (IOException e) {
            throw failure.of(e);
        }
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        if (length == 0) {
            return;
        }
        LocalFailure failure = new LocalFailure("read", file, root);
        try (PositionalFile opened = new PositionalFile(regular(file))) {
            if (!opened.read(offset, into, at, length)) {
                throw failure.corrupt("it ends before the " + length + " bytes at " + offset, null);
            }
        } catch (IOException e) {
            throw failure.of(e);
        }
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        LocalFailure failure = new LocalFailure("store", file, root);
        try {
            publisher.publish(layout.path(file), payload);
        } catch (FileAlreadyExistsException e) {
            throw failure.alreadyExists();
        } catch (IOException e) {
            throw failure.ofWrite(e, payload.length());
        }
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        if (type == FileType.CONFIG) {
            listConfig(each);
            return;
        }
        FileList found = new FileList();
        try {
            layout.list(type, found);
        } catch (IOException e) {
            throw new LocalFailure("list", type.folder(), root).of(e);
        }
        found.forEach(each);
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        Path path = layout.path(file);
        try {
            if (Files.deleteIfExists(path)) {
                // Prune deletes an index before the packs it names: that order has to survive a power loss.
                Publisher.syncDirectory(path.getParent());
            }
        } catch (IOException e) {
            throw new LocalFailure("delete", file, root).of(e);
        }
    }

    /** Nothing is kept open between calls. */
    @Override
    public void close() {}

    private void listConfig(Consumer<FileInfo> each) throws BackendException {
        long size;
        try {
            size = size(FileHandle.CONFIG);
        } catch (BackendException.NotFound e) {
            return;
        }
        each.accept(new FileInfo("", size));
    }

    /** The file's path, if a regular file is there: a directory by that name must not read as an empty file. */
    private Path regular(FileHandle file) throws IOException {
        Path path = layout.path(file);
        if (Files.isDirectory(path)) {
            throw new NoSuchFileException(path.toString(), null, "it is a directory");
        }
        return path;
    }
}
