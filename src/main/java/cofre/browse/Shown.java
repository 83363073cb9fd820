package cofre.browse;

import cofre.path.RawName;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What is shown of one share.
 *
 * @param dir its directory
 * @param group which alone may look into it; empty for everybody
 * @param versions by name; never changed
 */
record Shown(Entry.ShareDir dir, OptionalLong group, SortedMap<RawName, Held> versions) {
    Collection<Held> all() {
        return versions.values();
    }
}
