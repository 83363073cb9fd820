package cofre.storage.local;

import cofre.storage.BackendException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what a local error means, by name of what was being done.
 *
 * @param verb what was tried, "store"
 * @param object to what
 * @param root the store's directory
 */
record LocalFailure(String verb, Object object, Path root) {
    /** Linux and FreeBSD spell them differently; see {@link #looksFull} for systems that speak another language. */
    private static final List<String> NO_SPACE = List.of("no space left", "quota exceeded");

    private static final List<String> REFUSED =
            List.of("read-only file system", "operation not permitted", "permission denied", "not supported");
    /** Room the file system may need beside the bytes themselves. */
    private static final long SLACK = 1 << 20;

    BackendException of(IOException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return new BackendException.NotFound(sentence("it is not there", "check that the store is mounted"));
        }
        if (e instanceof AccessDeniedException || REFUSED.stream().anyMatch(text::contains)) {
            return new BackendException.Refused(
                    sentence("the system refuses it (" + text(e) + ")", "check owner and mode"), e);
        }
        if (NO_SPACE.stream().anyMatch(text::contains)) {
            return new BackendException.NoSpace(sentence(text(e), "make room or raise the quota"), e);
        }
        if (e instanceof ClosedByInterruptException) {
            return new BackendException.Unreachable(sentence("interrupted", "nothing is left half done"), e);
        }
        return new BackendException.Unreachable(sentence(text(e), "look at the disk and the system's log"), e);
    }

    /** As {@link #of}, after {@code length} bytes could not be written. */
    BackendException ofWrite(IOException e, long length) {
        BackendException plain = of(e);
        if (plain instanceof BackendException.Unreachable && looksFull(length)) {
            return new BackendException.NoSpace(sentence(text(e), "make room or raise the quota"), e);
        }
        return plain;
    }

    BackendException.AlreadyExists alreadyExists() {
        return new BackendException.AlreadyExists(sentence("a file of that name is there", "it was left as it is"));
    }

    BackendException.Corrupt corrupt(String what, IOException cause) {
        return new BackendException.Corrupt(sentence(what, "run a check of the repository"), cause);
    }

    private String sentence(String actual, String advice) {
        return "cannot " + verb + " " + object + " in " + root + ": " + actual + "; " + advice;
    }

    /** Error texts come in the language of the process, and the JDK hides the number: so ask for the free space too. */
    private boolean looksFull(long length) {
        try {
            return Files.getFileStore(root).getUsableSpace() < length + SLACK;
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(IOException e) {
        Optional<String> reason = e instanceof FileSystemException named
                ? Optional.ofNullable(named.getReason())
                : Optional.ofNullable(e.getMessage());
        return reason.orElse(e.getClass().getSimpleName());
    }
}
