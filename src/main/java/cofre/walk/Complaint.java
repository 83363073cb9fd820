package cofre.walk;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.PosixException;
import cofre.source.SourceException;

/** Turns the system's complaints into the port's. */
final class Complaint {
    private Complaint() {}

    /**
     * One file or directory could not be read. When it is the system that has run out of something, no other file could
     * be read either: then it is no fault of the file, and the run must not go on without it.
     */
    static SourceException of(String doing, RawPath dir, RawName name, PosixException e) {
        return of(doing, dir.resolve(name), e);
    }

    /** As above, for a directory itself. */
    static SourceException of(String doing, RawPath path, PosixException e) {
        String actual = "cannot " + doing + " \"" + path + "\": " + text(e);
        return switch (e.errno()) {
            case EMFILE, ENFILE, ENOMEM, ENOBUFS ->
                new SourceException.NotReady(
                        actual
                                + " vs room for one more; reading was stopped; raise the limit of open files or of memory",
                        e);
            case EIO, EINTEGRITY ->
                new SourceException.FileUnreadable(
                        actual + " vs intact data; it was left out; look at: zpool status -v", e);
            default ->
                new SourceException.FileUnreadable(actual + " vs readable; it was left out; see who may read it", e);
        };
    }

    /** What the kernel said, without the name of the call. */
    static String text(PosixException e) {
        return e.errno() == Errno.OTHER ? "error " + e.number() : e.errno().text();
    }
}
