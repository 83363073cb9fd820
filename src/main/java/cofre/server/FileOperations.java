package cofre.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Every change the store makes on disk, so that tests can count, order and break them. Thread-safe. */
interface FileOperations {

    /** Opens a new file for writing; {@code FileAlreadyExistsException} when the name is taken. */
    Output create(Path file) throws IOException;

    /** Gives an existing file a second name; {@code FileAlreadyExistsException} when that name is taken. */
    void link(Path existing, Path name) throws IOException;

    /** Removes a name; {@code NoSuchFileException} when there is none. */
    void delete(Path file) throws IOException;

    /** Makes one folder; {@code FileAlreadyExistsException} when the name is taken. */
    void createDirectory(Path directory) throws IOException;

    /** Returns when the names in the folder are on stable storage. */
    void syncDirectory(Path directory) throws IOException;

    /** A file being written from its beginning. Used by one thread at a time. */
    interface Output extends Closeable {
        /** Appends all remaining bytes. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when all bytes written are on stable storage. */
        void sync() throws IOException;
    }
}
