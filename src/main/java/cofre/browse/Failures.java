package cofre.browse;

import cofre.repository.RepositoryException;
import cofre.storage.BackendException;

/** Errors of stores and repositories as those of browsing. */
final class Failures {
    private Failures() {}

    /** A store's: not now. */
    static BrowseException of(String what, BackendException e) {
        return new BrowseException.Unavailable(what + ": " + e.getMessage(), e);
    }

    /** A repository's: only what is damaged stays so. */
    static BrowseException of(String what, RepositoryException e) {
        String message = what + ": " + e.getMessage();
        return e instanceof RepositoryException.Damaged
                ? new BrowseException.Damaged(message, e)
                : new BrowseException.Unavailable(message, e);
    }
}
