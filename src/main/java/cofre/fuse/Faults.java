package cofre.fuse;

import cofre.browse.BrowseException;
import cofre.posix.Errno;

/** What the kernel is told when something went wrong. */
final class Faults {
    private final Complaints complaints;

    Faults(Complaints complaints) {
        this.complaints = complaints;
    }

    /**
     * The errno for a failure. What is gone is ESTALE and not ENOENT: Linux then looks the whole path up again, from the
     * directories that change on, and comes to ENOENT by itself where that is right.
     */
    Errno errnoOf(Throwable failure, Pending request) {
        if (failure instanceof Refusal refusal) {
            return refusal.errno();
        }
        if (failure instanceof BrowseException.Gone) {
            return Errno.ESTALE;
        }
        if (failure instanceof BrowseException.WrongKind) {
            return Errno.EINVAL;
        }
        complaints.report(failure instanceof BrowseException ? "unavailable" : "fault", request, failure);
        return Errno.EIO;
    }
}
