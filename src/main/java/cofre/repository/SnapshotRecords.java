package cofre.repository;

import cofre.format.FormatException;
import cofre.format.Snapshot;
import cofre.format.SnapshotCodec;
import cofre.format.SnapshotId;
import cofre.seal.SealException;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of snapshots, as files of a repository: sealed, and named after the hash of what is sealed. Thread-safe. */
final class SnapshotRecords {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRecords.class);
    private static final int LONGEST = 16 << 20;

    private final Backend store;
    private final UnpackedSeal seal;

    /** @param store the store itself: what is written goes there, and what is listed is what it has */
    SnapshotRecords(Backend store, UnpackedSeal seal) {
        this.store = store;
        this.seal = seal;
    }

    private static FileHandle file(SnapshotId id) {
        return new FileHandle(FileType.SNAPSHOTS, id.hex());
    }

    /** All without those {@code known}, read from {@code from}; those that cannot be read go to {@code unreadable}. */
    List<StoredSnapshot> all(Backend from, Set<SnapshotId> known, BiConsumer<SnapshotId, String> unreadable)
            throws BackendException {
        List<FileInfo> files = new ArrayList<>();
        store.list(FileType.SNAPSHOTS, files::add);
        List<StoredSnapshot> snapshots = new ArrayList<>();
        for (FileInfo file : files) {
            SnapshotId id = SnapshotId.parse(file.name());
            if (known.contains(id)) {
                continue;
            }
            try {
                snapshots.add(new StoredSnapshot(id, open(id, stored(from, id))));
            } catch (BackendException.NotFound e) {
                LOG.info("restore point {} was removed while restore points were listed", id);
            } catch (RepositoryException e) {
                unreadable.accept(id, e.getMessage());
            }
        }
        return snapshots;
    }

    /** The bytes the store has. */
    byte[] stored(SnapshotId id) throws BackendException, RepositoryException {
        return stored(store, id);
    }

    private static byte[] stored(Backend from, SnapshotId id) throws BackendException, RepositoryException {
        try {
            return from.get(file(id), LONGEST);
        } catch (BackendException.Corrupt e) {
            throw unreadable(id, e);
        }
    }

    /** What such bytes say. */
    Snapshot open(SnapshotId id, byte[] stored) throws RepositoryException {
        try {
            return SnapshotCodec.decode(seal.open(UnpackedKind.SNAPSHOT, id.hash(), stored));
        } catch (FormatException | SealException e) {
            throw unreadable(id, e);
        }
    }

    private static RepositoryException unreadable(SnapshotId id, Exception why) {
        return new RepositoryException.Damaged("cannot read restore point " + id + ": " + why.getMessage(), why);
    }

    /** Writes a new one. */
    SnapshotId save(Snapshot snapshot) throws BackendException {
        UnpackedSeal.Stored sealed = seal.seal(SnapshotCodec.encode(snapshot));
        SnapshotId id = new SnapshotId(sealed.name());
        store.put(file(id), Payload.of(sealed.bytes()));
        return id;
    }

    /** Writes the bytes of one that was there before; one that is there again stays. */
    void putBack(SnapshotId id, byte[] stored) throws BackendException {
        try {
            store.put(file(id), Payload.of(stored));
        } catch (BackendException.AlreadyExists e) {
            LOG.info("restore point {} was there already", id);
        }
    }

    /** Removes one. */
    void delete(SnapshotId id) throws BackendException {
        store.delete(file(id));
    }
}
