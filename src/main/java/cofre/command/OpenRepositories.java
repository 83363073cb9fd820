package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.Exit;
import cofre.format.KeyId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.seal.Secret;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The repositories of the configuration, opened when first needed: trying a password costs half a second on purpose, so a
 * repository stays open while its settings and its config file stay the same. One that does not answer keeps nobody from
 * using the others. Thread-safe.
 */
public final class OpenRepositories implements AutoCloseable {
    private static final int MAX_CONFIG = 64 << 10;

    @SuppressWarnings("ArrayRecordComponent") // compared by isStill alone
    private record Open(RepositorySettings settings, Stores.Place place, byte[] config, Repository repository) {
        boolean isStill(RepositorySettings now, byte[] nowStored) {
            return settings.equals(now) && Arrays.equals(config, nowStored);
        }

        void close() {
            repository.close();
            place.store().cached().close();
        }
    }

    /** A repository of the configuration; its own monitor is held while it is opened. */
    private static final class Slot {
        private Optional<Open> open = Optional.empty();
    }

    /** Opens or makes a repository at a place. */
    private interface Opening {
        Repository at(Repositories repositories, Stores.Place place, Secret password)
                throws BackendException, RepositoryException, InterruptedException;
    }

    private final Supplier<CofreConfig> config;
    private final Stores stores;
    private final Memories memories;
    private final Map<String, Slot> slots = new HashMap<>(); // guarded by itself
    private final List<Open> retired = new ArrayList<>(); // guarded by itself; some work may still be using them

    /**
     * Repositories of whatever the configuration is at the moment.
     *
     * @param memories where bad copies of blobs are remembered that anybody meets
     */
    public OpenRepositories(Supplier<CofreConfig> config, Stores stores, Memories memories) {
        this.memories = memories;
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
                    Exit.FAILED,
                    "cannot find repository \"" + name.get() + "\": no such repository vs " + known
                            + "; nothing was done; choose one of them, or add it to the configuration");
        }
        return found;
    }

    /**
     * The repository, ready for one piece of work, with an index of its own. A store that does not answer is an error at
     * once: somebody waits for this.
     */
    Repository sessionNow(RepositorySettings settings)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Slot slot = slot(settings.name());
        synchronized (slot) {
            if (slot.open.isPresent() && isStill(slot.open.get(), settings)) {
                return session(slot.open.get().repository());
            }
            retire(slot);
            return open(slot, settings, (repositories, place, password) -> {
                stored(place.once());
                return repositories.open(place.store(), password);
            });
        }
    }

    /** The same for work that nobody waits for: a store that does not answer is tried for as long as its settings say. */
    Repository session(RepositorySettings settings, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        try {
            return sessionNow(settings);
        } catch (BackendException.Unreachable e) {
            progress.message(
                    Level.WARNING,
                    e.getMessage() + "; trying again for up to "
                            + settings.retryFor().toSeconds() + " s");
        }
        Stores.Place place = stores.open(settings);
        try {
            stored(place.store().direct()); // outside of any lock: others who ask meanwhile are answered at once
        } finally {
            place.store().cached().close();
        }
        return sessionNow(settings);
    }

    /** Makes a new repository. */
    Repository init(RepositorySettings settings)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Slot slot = slot(settings.name());
        synchronized (slot) {
            retire(slot);
            return open(slot, settings, (repositories, place, password) -> {
                stored(place.once());
                return repositories.init(place.store(), password);
            });
        }
    }

    /** The key the repository was opened with was replaced: it stays open, and goes by the new one. */
    void replaceKey(RepositorySettings settings, KeyId fresh) {
        Slot slot = slot(settings.name());
        synchronized (slot) {
            slot.open = slot.open.map(open -> new Open(
                    open.settings(),
                    open.place(),
                    open.config(),
                    open.repository().withKey(fresh)));
        }
    }

    /** The password the configuration leads to as things are now; to be closed by the caller. */
    Secret password(RepositorySettings settings) throws IOException {
        return stores.password(settings);
    }

    /** Whether the configuration leads to this password as things are now. */
    boolean isConfigured(RepositorySettings settings, Secret password) {
        try (Secret configured = stores.password(settings)) {
            return configured.equals(password);
        } catch (IOException e) {
            return false; // one that cannot be read has to be put right as well
        }
    }

    /** Whoever reads from it and meets damage has the next runs mend what they can. */
    private Repository session(Repository repository) {
        RepositoryHealth health = memories.health(repository.config().id());
        return repository.session().tellBadCopiesTo(health::met);
    }

    private Slot slot(String name) {
        synchronized (slots) {
            return slots.computeIfAbsent(name, n -> new Slot());
        }
    }

    private static boolean isStill(Open open, RepositorySettings now) throws BackendException {
        try {
            return open.isStill(now, stored(open.place().once()));
        } catch (BackendException.Refused e) {
            return false; // the credentials may have been changed: opening it anew reads them
        }
    }

    private Repository open(Slot slot, RepositorySettings settings, Opening opening)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Stores.Place place = stores.open(settings);
        boolean opened = false;
        try (Secret password = stores.password(settings)) {
            Repository repository = opening.at(new Repositories(stores.engine(settings)), place, password);
            slot.open =
                    Optional.of(new Open(settings, place, stored(place.store().direct()), repository));
            opened = true;
            return session(repository);
        } finally {
            if (!opened) {
                place.store().cached().close();
            }
        }
    }

    private static byte[] stored(Backend store) throws BackendException {
        try {
            return store.get(FileHandle.CONFIG, MAX_CONFIG);
        } catch (BackendException.NotFound e) {
            return new byte[0]; // opening it anew says so
        }
    }

    /** Nobody gets it any more; whoever works with it may go on until the daemon stops. */
    private void retire(Slot slot) {
        synchronized (retired) {
            slot.open.ifPresent(retired::add);
        }
        slot.open = Optional.empty();
    }

    /** Closes all, and wipes their keys. */
    @Override
    public void close() {
        List<Slot> all;
        synchronized (slots) {
            all = List.copyOf(slots.values());
        }
        for (Slot slot : all) {
            synchronized (slot) {
                retire(slot);
            }
        }
        synchronized (retired) {
            retired.forEach(Open::close);
            retired.clear();
        }
    }
}
