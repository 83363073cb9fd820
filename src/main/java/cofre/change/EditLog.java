package cofre.change;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * What a run will change in the catalogue once its restore point is safe; until then the catalogue says how things were.
 * Kept in a file, as a run may find any number of changes. For one thread.
 */
public final class EditLog implements AutoCloseable {
    private static final byte JOINED = 1;
    private static final byte LEFT = 2;
    private static final byte TOUCHED = 3;

    private final Path file;
    private final DataOutputStream out;

    /** An empty log in this file, which goes away with it. */
    EditLog(Path file) throws IOException {
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)));
    }

    /** One more entry of the directory names the object. */
    public void joined(long object, long directory, Instant ctime) throws IOException {
        write(JOINED, object, directory, ChangeTime.of(ctime));
    }

    /** One entry of the directory less names the object. */
    public void left(long object, long directory) throws IOException {
        write(LEFT, object, directory, ChangeTime.NONE);
    }

    /** The object has another ctime. */
    public void touched(long object, Instant ctime) throws IOException {
        write(TOUCHED, object, 0, ChangeTime.of(ctime));
    }

    private void write(byte what, long object, long directory, long ctime) throws IOException {
        out.writeByte(what);
        out.writeLong(object);
        out.writeLong(directory);
        out.writeLong(ctime);
    }

    /**
     * Makes the changes. What left goes first: an object whose number was used anew must not lose the place it has now for
     * the one that it had.
     */
    public void applyTo(Catalogue catalogue) throws IOException, CatalogueException {
        out.flush();
        apply(catalogue, true);
        apply(catalogue, false);
    }

    private void apply(Catalogue catalogue, boolean leaving) throws IOException, CatalogueException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                byte what;
                try {
                    what = in.readByte();
                } catch (EOFException e) {
                    return;
                }
                long object = in.readLong();
                long directory = in.readLong();
                long ctime = in.readLong();
                if (leaving != (what == LEFT)) {
                    continue;
                }
                switch (what) {
                    case JOINED -> catalogue.link(object, directory, ctime);
                    case LEFT -> catalogue.unlink(object, directory);
                    default -> catalogue.touch(object, ctime);
                }
            }
        }
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
