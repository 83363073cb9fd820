package cofre.repository;

import cofre.storage.Backend;

/** Opens a repository again without its password: tests that restart hundreds of times cannot pay for scrypt each time. */
public final class Reopened {
    private Reopened() {}

    /** What a new process with this engine, which reaches the store through {@code backend}, would have opened. */
    public static Repository of(Repository opened, Backend backend, Engine engine) {
        Repository.Opened was = opened.opened();
        return new Repository(
                new Repository.Opened(Store.uncached(backend), engine, was.key(), was.sealer(), was.config()));
    }
}
