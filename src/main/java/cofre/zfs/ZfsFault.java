package cofre.zfs;

import cofre.process.ProgramResult;
import cofre.process.ProgramResult.Ending;
import cofre.source.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a call of zfs(8) came to nothing, told from its messages: in the C locale they have been the same from OpenZFS 2.0
 * to 2.3. The exit status alone says only 1.
 */
enum ZfsFault {
    // The order is the order of the search: the more telling phrases come first.
    TAG_EXISTS("look at its holds", "tag already exists on this dataset"),
    NO_SUCH_TAG("look at its holds", "no such tag on this dataset"),
    HELD("see who holds it: zfs holds -r SNAPSHOT", "it's being held"),
    EXISTS("look at its snapshots", "dataset already exists", "snapshot already exists"),
    NO_SUCH(
            "see what there is with: zfs list -t all, and correct the name",
            "does not exist",
            "no such pool",
            "could not find any snapshots"),
    SUSPENDED(
            "repair the pool: zpool status -v, then zpool clear",
            "i/o is currently suspended",
            "i/o error",
            "pool is unavailable"),
    READ_ONLY(
            "import the pool for writing: a snapshot cannot be taken of a read-only pool",
            "read-only",
            "read only",
            "snapshot permissions cannot be modified"),
    DENIED(
            "run as root, or: zfs allow -u USER snapshot,hold,release,destroy,mount,userprop,send,diff,bookmark DATASET",
            "permission denied",
            "delegated permission is needed",
            "must be run as root",
            "operation not permitted"),
    NO_SPACE("free space or raise the quota: zfs list -o space", "out of space", "no space left", "quota exceeded"),
    KEY_NOT_LOADED("load its key: zfs load-key -r DATASET", "key not loaded", "encryption key", "key must be loaded"),
    NOT_MOUNTED("mount it: zfs mount DATASET", "not mounted", "unmounted"),
    BUSY("try again when nobody uses it", "dataset is busy", "is busy", "snapshot is cloned", "has dependent clones"),
    NO_ZFS(
            "install OpenZFS and load its kernel module: kldload zfs, or modprobe zfs",
            "modules",
            "/dev/zfs",
            "failed to initialize"),
    OTHER("run the same command by hand");

    private final String remedy;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so.
    private final List<String> phrases;

    ZfsFault(String remedy, String... phrases) {
        this.remedy = remedy;
        this.phrases = List.of(phrases);
    }

    /** What a call was about, to tell which thing is gone. */
    enum Subject {
        DATASET,
        SNAPSHOT
    }

    /** The fault in {@code result} of a call with {@code arguments}; empty when it went well. */
    static Optional<ZfsFault> of(ProgramResult result, List<String> arguments) {
        if (result.isSuccess() && result.endedCleanly()) {
            return Optional.empty();
        }
        if (result.ending() != Ending.EXITED) {
            return Optional.of(withoutStatus(result.ending()));
        }
        String said = withoutNames(result.err(), arguments).toLowerCase(Locale.ROOT);
        for (ZfsFault fault : values()) {
            if (fault.phrases.stream().anyMatch(said::contains)) {
                return Optional.of(fault);
            }
        }
        return Optional.of(OTHER);
    }

    private static ZfsFault withoutStatus(Ending ending) {
        return switch (ending) {
            case NOT_STARTED -> NO_ZFS;
            // Every operation on a suspended pool waits for it to come back.
            case TIMED_OUT -> SUSPENDED;
            default -> OTHER;
        };
    }

    /** A dataset may be called {@code tank/unmounted}: names are no explanation. */
    private static String withoutNames(String said, List<String> arguments) {
        String left = said;
        for (String argument : arguments) {
            if (argument.indexOf('/') >= 0 || argument.indexOf('@') >= 0 || argument.indexOf('#') >= 0) {
                left = left.replace(argument, "");
            }
        }
        return left;
    }

    /** This fault as the port's error. {@code doing} reads on from "cannot". */
    SourceException toException(String doing, ProgramResult result, Subject subject) {
        String actual = result.isSuccess() ? "its output ended in the middle of a line" : result.story();
        String message = "cannot " + doing + ": zfs gave " + actual + " vs success; nothing more was done; " + remedy;
        return switch (this) {
            case NO_SUCH ->
                subject == Subject.SNAPSHOT
                        ? new SourceException.SnapshotGone(message, null)
                        : new SourceException.DatasetGone(message, null);
            case HELD, BUSY, NOT_MOUNTED, KEY_NOT_LOADED, SUSPENDED, READ_ONLY ->
                new SourceException.NotReady(message, null);
            case DENIED -> new SourceException.Refused(message, null);
            case NO_SPACE -> new SourceException.NoSpace(message, null);
            case EXISTS, TAG_EXISTS, NO_SUCH_TAG, NO_ZFS, OTHER -> new SourceException.ToolFailed(message, null);
        };
    }
}
