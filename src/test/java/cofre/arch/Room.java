package cofre.arch;

import java.util.SortedSet;

/**
 * What one room says of itself.
 *
 * @param name without {@code cofre.}; empty: where the rooms are put together
 * @param rooms it may use; its own inner rooms are not named
 * @param libraries it may use, by the names of {@link Libraries}
 */
record Room(String name, SortedSet<String> rooms, SortedSet<String> libraries) {
    /** As a line of text to compare and to show. */
    String row() {
        return "`" + name + "` | " + String.join(", ", rooms) + " | " + String.join(", ", libraries);
    }
}
