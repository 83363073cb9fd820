package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file on its way in. Its bytes go to a temporary name; {@link #publish} makes the final name appear once, after the
 * bytes are on stable storage. Used by one thread at a time; {@link #discard} is safe to call at any moment, also twice.
 */
final class IncomingFile {
    private final FileOperations files;
    private final Path temporary;
    private final Path target;
    private final Quota.Share share;
    private final Optional<MessageDigest> digest;
    private final FileOperations.Output output;
    private long written;
    private boolean finished;

    /** @param digest present when the file must hash to its name */
    IncomingFile(FileOperations files, Path temporary, Path target, Quota.Share share, Optional<MessageDigest> digest)
            throws IOException {
        this.files = files;
        this.temporary = temporary;
        this.target = target;
        this.share = share;
        this.digest = digest;
        this.output = files.create(temporary);
    }

    /** Appends all remaining bytes. */
    void write(ByteBuffer bytes) throws IOException, Refusal.NoSpace {
        int length = bytes.remaining();
        share.cover(written + length);
        digest.ifPresent(hash -> hash.update(bytes.duplicate()));
        output.write(bytes);
        written += length;
    }

    /** Bytes received so far. */
    long written() {
        return written;
    }

    /**
     * Makes the file visible under its name. When this returns, file and name survive a power loss. The order is the
     * promise: bytes, then name, then folder; at no moment does the name stand for incomplete bytes.
     */
    void publish() throws IOException, Refusal {
        if (digest.isPresent()
                && !HexFormat.of()
                        .formatHex(digest.get().digest())
                        .equals(target.getFileName().toString())) {
            throw new Refusal.WrongHash();
        }
        output.sync();
        output.close();
        try {
            files.link(temporary, target);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster. Clients take this answer for "stored", so it must be as durable as success.
            files.syncDirectory(target.getParent());
            throw new Refusal.Exists();
        }
        finished = true;
        share.keep(written);
        files.delete(temporary);
        files.syncDirectory(target.getParent());
    }

    /** Forgets the bytes unless they were published. */
    void discard() {
        if (finished) {
            return;
        }
        finished = true;
        share.keep(0);
        try {
            output.close();
            files.delete(temporary);
        } catch (NoSuchFileException e) {
            // An operator cleaned up: what was wanted has happened.
            return;
        } catch (IOException e) {
            Log.STORE.warn(
                    "cannot remove temporary file {}: {}; the sweep tries again later", temporary, e.getMessage());
        }
    }
}
