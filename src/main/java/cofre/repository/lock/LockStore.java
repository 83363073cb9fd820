package cofre.repository.lock;

import cofre.format.FormatException;
import cofre.format.LockCodec;
import cofre.format.LockFile;
import cofre.format.Sha256;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and writes lock files. Thread-safe. */
public final class LockStore {
    /** A lock is some 200 bytes; nothing near this size is one. */
    private static final int MAX_LENGTH = 64 * 1024;

    private final Backend backend;
    private final UnpackedSeal seal;

    /** Lock files of this store, sealed with the repository's master key. */
    public LockStore(Backend backend, UnpackedSeal seal) {
        this.backend = backend;
        this.seal = seal;
    }

    /** Writes a lock; gives its name. */
    public String write(LockFile lock) throws BackendException {
        UnpackedSeal.Stored file = seal.seal(LockCodec.encode(lock));
        String name = file.name().hex();
        backend.put(new FileHandle(FileType.LOCKS, name), Payload.of(file.bytes()));
        return name;
    }

    /** Whether the lock file is there. */
    public boolean exists(String name) throws BackendException {
        try {
            backend.size(new FileHandle(FileType.LOCKS, name));
            return true;
        } catch (BackendException.NotFound e) {
            return false;
        }
    }

    /** Removes a lock. */
    public void remove(String name) throws BackendException {
        backend.delete(new FileHandle(FileType.LOCKS, name));
    }

    /**
     * All locks by name but {@code own}. One that vanishes meanwhile, or is empty (a writer died), does not count; one that
     * cannot be read does not count either but its name is given to {@code unreadable}: a lock nobody can read must not
     * stop backups for ever.
     */
    public Map<String, LockFile> others(Set<String> own, List<String> unreadable) throws BackendException {
        List<FileInfo> listed = new ArrayList<>();
        backend.list(FileType.LOCKS, listed::add);
        Map<String, LockFile> locks = new LinkedHashMap<>();
        for (FileInfo info : listed) {
            if (!own.contains(info.name()) && info.size() > 0) {
                try {
                    byte[] sealed = backend.get(new FileHandle(FileType.LOCKS, info.name()), MAX_LENGTH);
                    byte[] json = seal.open(UnpackedKind.LOCK, Sha256.parse(info.name()), sealed);
                    locks.put(info.name(), LockCodec.decode(json));
                } catch (BackendException.NotFound e) {
                    // its holder is done
                } catch (FormatException | SealException | BackendException.Corrupt e) {
                    unreadable.add(info.name());
                }
            }
        }
        return locks;
    }
}
