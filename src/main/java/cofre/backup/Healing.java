package cofre.backup;

import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a run keep anew what was found bad in the repository, as long as its source still has it. Blobs without a good copy do
 * not count as kept; the first run of each share after they were found looks at all of the share, so that every file they are
 * part of is read again. What that run did not bring back the share does not have. For one run.
 */
final class Healing {
    private final String share;
    private final Repository repository;
    private final BackupRun.Memory memory;
    private final Progress progress;
    private final Set<BadCopy> found;
    private final Set<BlobHandle> lost;
    private final boolean isDue;

    /** To be made once the index is loaded, and before anything is looked for in it. */
    Healing(String share, Repository repository, BackupRun.Memory memory, Progress progress) {
        this.share = share;
        this.repository = repository;
        this.memory = memory;
        this.progress = progress;
        this.lost = repository.distrust(memory.badCopies());
        this.found = memory.badCopiesSince(share);
        this.isDue = found.stream().anyMatch(copy -> lost.contains(copy.blob()));
    }

    /** Why all of the share has to be looked at; empty when it has not. */
    Optional<String> why() {
        return isDue
                ? Optional.of(lost.size()
                        + " blobs of the repository were found bad: what is still there of them is kept" + " anew")
                : Optional.empty();
    }

    /** The restore point is made, and remembered. */
    void done() {
        if (!isDue) {
            return;
        }
        Set<BlobHandle> back = new HashSet<>(lost);
        back.removeIf(blob -> !repository.isKept(blob));
        progress.message(
                back.size() == lost.size() ? Level.INFO : Level.WARNING,
                back.size() + " of " + lost.size() + " blobs found bad in the repository are kept anew from share "
                        + share + (back.size() == lost.size() ? "" : "; the others are not in it"));
        memory.goneOver(share, found);
    }
}
