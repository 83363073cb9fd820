package cofre.restore;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.repository.BlobReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries that are restored together: enough that each pack is asked for large parts, few enough that memory does not grow
 * with the point (some 20 MB when full). For one thread until it is handed over.
 */
final class Batch {
    private static final int MAX_ENTRIES = 20_000;
    private static final int MAX_BLOBS = 50_000;

    /**
     * One more name for a file.
     *
     * @param leader the name that is there, or will be
     * @param dir where the new name goes
     * @param file the node of the new name
     */
    record PendingLink(HardLinks.Leader leader, OpenDir dir, cofre.format.Node file) {}

    private final BlobReader reader;
    private final List<RestoredFile> files = new ArrayList<>();
    private final Map<BlobId, Wanted> wanted = new LinkedHashMap<>();
    private final List<Crew.Task> chores = new ArrayList<>();
    private final List<PendingLink> links = new ArrayList<>();

    Batch(BlobReader reader) {
        this.reader = reader;
    }

    boolean isFull() {
        return files.size() + chores.size() + links.size() >= MAX_ENTRIES || wanted.size() >= MAX_BLOBS;
    }

    boolean isEmpty() {
        return files.isEmpty() && chores.isEmpty() && links.isEmpty();
    }

    /** A file whose content has to be fetched. */
    void add(RestoredFile file) {
        files.add(file);
        long offset = 0;
        for (BlobId id : file.body().content()) {
            if (ZeroBlob.is(id)) {
                offset += ZeroBlob.LENGTH;
                continue;
            }
            Optional<Wanted> blob = want(id);
            if (blob.isEmpty()) {
                file.fail("it was not restored: its blob " + id + " is in no index; run cofre check");
                break;
            }
            blob.get().addUse(file, offset);
            offset += blob.get().blob().plainLength();
        }
        file.planned(offset);
    }

    private Optional<Wanted> want(BlobId id) {
        Wanted known = wanted.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<BlobPlace> place = reader.locate(BlobHandle.data(id));
        place.ifPresent(found -> wanted.put(id, new Wanted(found)));
        return place.map(found -> wanted.get(id));
    }

    /** Work that needs no fetching together. */
    void add(Crew.Task chore) {
        chores.add(chore);
    }

    /** A name to be made when all files are there. */
    void add(PendingLink link) {
        links.add(link);
    }

    List<RestoredFile> files() {
        return files;
    }

    List<PackRange> ranges() {
        return PackRange.plan(wanted.values());
    }

    List<Crew.Task> chores() {
        return chores;
    }

    List<PendingLink> links() {
        return links;
    }
}
