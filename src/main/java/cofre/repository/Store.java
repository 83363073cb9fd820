package cofre.repository;

import cofre.format.PackId;
import cofre.storage.Backend;
import java.util.function.Consumer;

/**
 * A store as a repository sees it.
 *
 * @param direct the store itself: what is checked and read back comes from here
 * @param cached the same store behind a cache, for what is read again and again; or {@code direct} once more
 * @param metadata is told which packs hold directories only: those are worth keeping near
 */
public record Store(Backend direct, Backend cached, Consumer<PackId> metadata) {
    /** A store without a cache. */
    public static Store uncached(Backend backend) {
        return new Store(backend, backend, pack -> {});
    }
}
