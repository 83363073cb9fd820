package cofre.repository;

import cofre.format.KeyId;
import cofre.seal.KeyRing;
import cofre.seal.MasterKey;
import cofre.seal.Secret;
import cofre.storage.BackendException;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Lists and changes the keys of an opened repository, as restic does: all of them open the same master key. Whatever
 * happens, and wherever this dies, a key that opens is left: one is removed only while another that opens is stored.
 */
public final class KeyChanges {
    private final Repository repository;
    private final Repository.Opened opened;
    private final RepositoryKeys keys;

    /** For the keys of this repository. */
    public KeyChanges(Repository repository) {
        this.repository = repository;
        this.opened = repository.opened();
        this.keys =
                new RepositoryKeys(opened.store(), new KeyRing(opened.engine().random()));
    }

    /**
     * What came of a change of the password.
     *
     * @param key the new key
     * @param removed the old one
     */
    public record Replaced(KeyId key, KeyId removed) {}

    /** All key files there are, also those that cannot be used, by name. */
    public List<StoredKey> list() throws BackendException {
        return keys.list(repository.keyId());
    }

    /** Whether the key in use, as it is stored, opens with this password. */
    public boolean opensWith(Secret password) throws BackendException {
        return keys.opens(repository.keyId(), password, opened.key().master());
    }

    /** Adds a key with another password; the old ones go on to open the repository. */
    public KeyId add(Secret password) throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockShared()) {
            refuseFull(RepositoryKeys.MOST_TRIED - 1);
            lock.ensureValid();
            return addVerified(password);
        }
    }

    /**
     * Removes the key whose id begins so.
     *
     * @throws RepositoryException.Protected when it is the one in use, or the one in use is gone or damaged: then the one to
     *     be removed may be the last that opens
     */
    public KeyId remove(String beginning) throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockExclusive()) {
            KeyId id = find(beginning);
            if (id.equals(repository.keyId())) {
                throw new RepositoryException.Protected("cannot remove key " + id
                        + ": it is the one in use vs another; nothing was changed; to replace it use cofre key passwd");
            }
            refuseInUseGone("remove key " + id);
            lock.ensureValid();
            keys.remove(id);
            return id;
        }
    }

    /**
     * Replaces the key in use: adds one with the new password, makes sure that it opens, only then removes the old one.
     * This repository goes on with its master key and still calls the old key its own.
     *
     * @throws BackendException.Refused also when the store lets nothing be deleted: then both open
     */
    public Replaced replace(Secret password) throws BackendException, RepositoryException, InterruptedException {
        KeyId old = repository.keyId();
        try (RepositoryLock lock = repository.lockExclusive()) {
            refuseInUseGone("change the password");
            refuseFull(RepositoryKeys.MOST_TRIED);
            lock.ensureValid();
            KeyId fresh = addVerified(password);
            lock.ensureValid();
            removeReplaced(old, fresh);
            return new Replaced(fresh, old);
        }
    }

    private void removeReplaced(KeyId old, KeyId fresh) throws BackendException {
        try {
            keys.remove(old);
        } catch (BackendException.Refused e) {
            throw new BackendException.Refused(
                    "cannot remove key " + old + ": " + e.getMessage() + "; key " + fresh
                            + " was added and opens, and so does the old one with the old password; remove that where it is"
                            + " allowed",
                    e);
        }
    }

    private KeyId addVerified(Secret password) throws BackendException, RepositoryException {
        MasterKey master = opened.key().master();
        KeyRing.Origin origin = new KeyRing.Origin(
                opened.engine().holder().clock().instant().atZone(ZoneOffset.UTC),
                opened.engine().holder().username(),
                opened.engine().holder().rules().hostname());
        KeyId id = keys.add(master, password, opened.engine().keyCost(), origin);
        if (!keys.opens(id, password, master)) {
            throw new RepositoryException.Damaged(
                    "cannot trust key " + id
                            + ": read back it does not open the repository vs what was written; it was "
                            + (isRemoved(id) ? "" : "not ")
                            + "removed, and the old ones are as they were; check the store and try again",
                    null);
        }
        return id;
    }

    private boolean isRemoved(KeyId id) {
        try {
            keys.remove(id);
            return true;
        } catch (BackendException e) {
            return false; // a key that does not open is no more than litter
        }
    }

    private void refuseFull(int most) throws BackendException, RepositoryException {
        int there = keys.names().size();
        if (there > most) {
            throw new RepositoryException.Protected("cannot add a key: there are " + there + " vs at most " + most
                    + ", as programs try no more than " + RepositoryKeys.MOST_TRIED
                    + " when they open a repository; nothing was changed; remove one nobody uses (cofre key list)");
        }
    }

    private void refuseInUseGone(String what) throws BackendException, RepositoryException {
        KeyId own = repository.keyId();
        boolean isWhole = keys.list(own).stream()
                .anyMatch(key -> key.isInUse() && key.flaw().isEmpty());
        if (!isWhole) {
            throw new RepositoryException.Protected("cannot " + what + ": the key in use, " + own
                    + ", is gone or damaged vs stored and whole; nothing was changed; make one that opens first (cofre"
                    + " key add), as long as the daemon still holds this one");
        }
    }

    private KeyId find(String beginning) throws BackendException, RepositoryException {
        List<String> found =
                keys.names().stream().filter(name -> name.startsWith(beginning)).toList();
        if (found.size() != 1 || beginning.isEmpty()) {
            throw new RepositoryException.Missing("cannot remove a key: " + found.size()
                    + " key files have an id that begins so vs exactly one; nothing was changed; see cofre key list");
        }
        return KeyId.parse(found.get(0));
    }
}
