package cofre.schedule;

import java.util.Set;
import java.util.TreeSet;

/**
 * What is not begun until somebody says so. What becomes due meanwhile is done once afterwards.
 *
 * @param all whether everything is paused
 * @param names tasks that are paused by name
 */
public record Pauses(boolean all, Set<String> names) {
    /** Nothing. */
    public static final Pauses NONE = new Pauses(false, Set.of());

    public Pauses {
        names = Set.copyOf(names);
    }

    /** Whether this task is paused. */
    public boolean holds(String name) {
        return all || names.contains(name);
    }

    /** The same with this task paused, or not. */
    public Pauses with(String name, boolean paused) {
        Set<String> changed = new TreeSet<>(names);
        if (paused) {
            changed.add(name);
        } else {
            changed.remove(name);
        }
        return new Pauses(all, changed);
    }
}
