package cofre;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the JDK's errors about files mean: their messages are often no more than a name. */
final class Sentences {
    private Sentences() {}

    /** What went wrong, with the name of the file. */
    static String of(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is missing";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be used by this user";
        }
        if (e instanceof FileSystemException other && other.getReason() == null) {
            return other.getFile() + " gives " + other.getClass().getSimpleName();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
