package cofre.target;

import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.PosixException;
import cofre.restore.TargetException;

/** Turns the system's complaints into the port's. */
final class Faults {
    private Faults() {}

    /** Something could not be done with one entry; unless it is the system that has run out of something. */
    static TargetException entry(String doing, RawPath path, PosixException e) {
        String actual = "cannot " + doing + " \"" + path + "\": " + text(e);
        return switch (e.errno()) {
            case ENOSPC, EDQUOT ->
                new TargetException.Full(
                        actual + " vs room for it; the restore was stopped; make room and restore again", e);
            case EMFILE, ENFILE, ENOMEM, ENOBUFS ->
                new TargetException.Unusable(
                        actual + " vs room for one more; the restore was stopped; raise the limit of open files or of"
                                + " memory",
                        e);
            case EROFS ->
                new TargetException.Unusable(
                        actual + " vs writable; the restore was stopped; give a target that can be written to", e);
            case ELOOP, ENOTDIR ->
                new TargetException.Entry(
                        actual + " vs what was there before; somebody has put something else in its place; it was not"
                                + " restored",
                        e);
            case ENOTEMPTY ->
                new TargetException.Entry(
                        actual + " vs empty; it is in the way and was kept; move it away and restore again", e);
            default -> new TargetException.Entry(actual + "; it was left as it is; see who may change it", e);
        };
    }

    /** Another directory or file has taken the place of one we had. */
    static TargetException.Entry replaced(RawPath path) {
        return new TargetException.Entry(
                "cannot open \"" + path
                        + "\" again: something else vs what was there before; somebody has put it in its"
                        + " place while the restore ran; it was not touched",
                null);
    }

    /** What the kernel said, without the name of the call. */
    static String text(PosixException e) {
        return e.errno() == Errno.OTHER ? "error " + e.number() : e.errno().text();
    }
}
