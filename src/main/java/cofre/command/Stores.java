package cofre.command;

import cofre.config.RepositorySettings;
import cofre.repository.Engine;
import cofre.repository.Store;
import cofre.seal.Secret;
import java.io.IOException;

/** What a repository of the configuration is made of on this machine. Given by the composition root; thread-safe. */
public interface Stores {
    /** Its store: connections are made when it is used. */
    Store open(RepositorySettings settings) throws IOException;

    /** What it is worked with. */
    Engine engine(RepositorySettings settings);

    /** Its password, to be closed by the caller. Read anew each time: it may have been changed. */
    Secret password(RepositorySettings settings) throws IOException;
}
