package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.Exit;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.Store;
import cofre.seal.Secret;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The repositories of the configuration, opened when first needed: trying a password costs half a second on purpose, so a
 * repository stays open while its settings and its config file stay the same. Thread-safe.
 */
public final class OpenRepositories implements AutoCloseable {
    private static final int MAX_CONFIG = 64 << 10;

    @SuppressWarnings("ArrayRecordComponent") // compared by isStill alone
    private record Open(RepositorySettings settings, Store store, byte[] config, Repository repository) {
        boolean isStill(RepositorySettings now, byte[] nowStored) {
            return settings.equals(now) && Arrays.equals(config, nowStored);
        }
    }

    private final Supplier<CofreConfig> config;
    private final Stores stores;
    private final Map<String, Open> open = new HashMap<>(); // guarded by this

    /** Repositories of whatever the configuration is at the moment. */
    public OpenRepositories(Supplier<CofreConfig> config, Stores stores) {
        this.config = config;
        this.stores = stores;
    }

    /** The settings of the repository with this name; of the only one when no name is given. */
    RepositorySettings settings(Optional<String> name) throws CommandException {
        Map<String, RepositorySettings> all = config.get().repositories();
        if (name.isEmpty() && all.size() == 1) {
            return all.values().iterator().next();
        }
        String known = all.isEmpty() ? "none" : String.join(", ", all.keySet());
        if (name.isEmpty()) {
            throw new CommandException(
                    Exit.USAGE,
                    "cannot choose a repository: none named vs one of " + known + "; say --repository NAME");
        }
        RepositorySettings found = all.get(name.get());
        if (found == null) {
            throw new CommandException(
                    Exit.FAILED, "cannot find repository \"" + name.get() + "\" in the configuration: it has " + known);
        }
        return found;
    }

    /** The repository, ready for one piece of work, with an index of its own. */
    synchronized Repository session(RepositorySettings settings)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Open known = open.get(settings.name());
        if (known != null && known.isStill(settings, stored(known.store().direct()))) {
            return known.repository().session();
        }
        forget(settings.name());
        Store store = stores.open(settings);
        try (Secret password = stores.password(settings)) {
            Repository repository = new Repositories(stores.engine(settings)).open(store, password);
            open.put(settings.name(), new Open(settings, store, stored(store.direct()), repository));
            return repository.session();
        }
    }

    /** Makes a new repository. */
    synchronized Repository init(RepositorySettings settings)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        forget(settings.name());
        Store store = stores.open(settings);
        try (Secret password = stores.password(settings)) {
            Repository repository = new Repositories(stores.engine(settings)).init(store, password);
            open.put(settings.name(), new Open(settings, store, stored(store.direct()), repository));
            return repository;
        }
    }

    private static byte[] stored(Backend store) throws BackendException {
        try {
            return store.get(FileHandle.CONFIG, MAX_CONFIG);
        } catch (BackendException.NotFound e) {
            return new byte[0]; // opening it anew says so
        }
    }

    private void forget(String name) {
        Open old = open.remove(name);
        if (old != null) {
            old.store().cached().close();
        }
    }

    /** Closes all, and wipes their keys. */
    @Override
    public synchronized void close() {
        open.values().forEach(each -> {
            each.repository().close();
            each.store().cached().close();
        });
        open.clear();
    }
}
