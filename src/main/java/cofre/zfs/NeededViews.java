package cofre.zfs;

import cofre.source.SourceId;
import java.util.Set;

/** Which views of a source somebody still needs: asked each time a run of that source ends. Thread-safe. */
@FunctionalInterface
public interface NeededViews {
    /** Nothing but what is settled at the moment. */
    NeededViews NONE = source -> Set.of();

    /** The guids of ZFS snapshots of this source that must stay held; some may be gone. */
    Set<String> of(SourceId source);
}
