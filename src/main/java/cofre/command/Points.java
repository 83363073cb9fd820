package cofre.command;

import cofre.control.CommandException;
import cofre.control.Exit;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.restore.PointException;
import cofre.restore.PointFinder;
import cofre.storage.BackendException;

/** The restore point a person means. */
final class Points {
    private Points() {}

    static StoredSnapshot find(Repository repository, String typed, Progress heard)
            throws BackendException, CommandException {
        try {
            return new PointFinder(repository.snapshots(heard)).find(typed);
        } catch (PointException e) {
            throw failure(e);
        }
    }

    static CommandException failure(PointException e) {
        return new CommandException(Exit.FAILED, e.getMessage());
    }
}
