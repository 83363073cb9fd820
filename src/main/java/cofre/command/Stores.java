package cofre.command;

import cofre.config.RepositorySettings;
import cofre.repository.Engine;
import cofre.repository.Store;
import cofre.seal.Secret;
import cofre.storage.Backend;
import java.io.IOException;

/** What a repository of the configuration is made of on this machine. Given by the composition root; thread-safe. */
public interface Stores {
    /**
     * A repository's store.
     *
     * @param store the store, which tries again for as long as the configuration says
     * @param once the same store over the same connections, which tries once: to ask whether it answers at all
     */
    record Place(Store store, Backend once) {}

    /** Its store: connections are made when it is used; credentials are read anew each time. */
    Place open(RepositorySettings settings) throws IOException;

    /** What it is worked with. */
    Engine engine(RepositorySettings settings);

    /** Its password, to be closed by the caller. Read anew each time: it may have been changed. */
    Secret password(RepositorySettings settings) throws IOException;
}
