package cofre.source;

import cofre.path.RawName;
import java.util.Optional;

/**
 * One name in a directory.
 *
 * @param name the name as stored
 * @param stat what the file system says of it; empty when that could not be asked
 * @param error why {@code stat} is empty, a whole sentence; otherwise empty
 */
public record SourceEntry(RawName name, Optional<SourceStat> stat, String error) {
    /** An entry that could be looked at. */
    public static SourceEntry of(RawName name, SourceStat stat) {
        return new SourceEntry(name, Optional.of(stat), "");
    }

    /** An entry that could not. */
    public static SourceEntry unreadable(RawName name, String error) {
        return new SourceEntry(name, Optional.empty(), error);
    }
}
