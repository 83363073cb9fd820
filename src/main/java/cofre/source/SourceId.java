package cofre.source;

import java.util.Optional;

/**
 * Which source. Two ids are the same source when kind and identity are equal; the name is a label that may change.
 *
 * @param kind how it is frozen
 * @param identity for ZFS the dataset's guid in decimal; for a directory its absolute path as shown to people
 * @param name dataset name or directory, for people
 */
public record SourceId(Kind kind, String identity, String name) {
    /** How a source is frozen. */
    public enum Kind {
        /** By a ZFS snapshot: a consistent view. */
        ZFS,
        /** Not at all: the directory is read while it may change. */
        DIRECTORY
    }

    /** Whether both name the same source, whatever they are called now. */
    public boolean isSameAs(SourceId other) {
        return kind == other.kind && identity.equals(other.identity);
    }

    /** The dataset's guid; empty for a directory. */
    public Optional<String> guid() {
        return kind == Kind.ZFS ? Optional.of(identity) : Optional.empty();
    }
}
