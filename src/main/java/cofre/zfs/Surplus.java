package cofre.zfs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which own snapshots of a dataset are wanted no more. */
@FunctionalInterface
public interface Surplus {
    /**
     * Guids of those that may be destroyed. The newest, and those that are held, stay whatever it says.
     *
     * @param all own snapshots of the dataset, oldest first; whose holds they have is not known
     * @param needed guids of those somebody needs, held or not
     */
    Set<String> of(List<OwnSnapshot> all, Set<String> needed);

    /** All but the newest {@code count}. */
    static Surplus allButNewest(int count) {
        return (all, needed) -> {
            Set<String> surplus = new HashSet<>();
            all.subList(0, Math.max(0, all.size() - count)).forEach(old -> surplus.add(old.guid()));
            return surplus;
        };
    }
}
