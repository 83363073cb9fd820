package cofre.browse;

import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.io.IOException;

/** How the repositories that versions lie in are opened. Thread-safe. */
@FunctionalInterface
public interface RepositoryAccess {
    /**
     * The repository of this name, with an index of its own, which is empty. It must go on working, key and connections,
     * until the {@link Versions} that asked are closed. May wait for the store; somebody waits for the answer, so its
     * store should try once, and a store that does not answer should be said so at once.
     */
    Repository session(String repository)
            throws BackendException, RepositoryException, IOException, InterruptedException;
}
