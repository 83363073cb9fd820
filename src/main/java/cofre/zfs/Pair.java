package cofre.zfs;

import cofre.zfs.Views.View;
import java.util.List;

/**
 * What changes are told between.
 *
 * @param earlier a snapshot or a bookmark
 * @param later a snapshot of the same dataset
 */
record Pair(View earlier, View later) {
    List<String> labels() {
        return List.of(earlier.label(), later.label());
    }

    /** As in a sentence. */
    @Override
    public String toString() {
        return "from " + earlier.label() + " to " + later.label();
    }
}
