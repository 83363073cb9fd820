package cofre.repository;

import cofre.format.FormatException;
import cofre.format.KeyFile;
import cofre.format.KeyFileCodec;
import cofre.format.KeyId;
import cofre.format.Sha256;
import cofre.seal.KeyRing;
import cofre.seal.MasterKey;
import cofre.seal.ScryptCost;
import cofre.seal.SealException;
import cofre.seal.Secret;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key files of a repository. */
final class RepositoryKeys {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryKeys.class);

    /** Trying a key costs half a second: a store that offers thousands must not keep us busy for hours (restic's bound). */
    static final int MOST_TRIED = 20;

    private final Backend backend;
    private final KeyRing ring;

    RepositoryKeys(Backend backend, KeyRing ring) {
        this.backend = backend;
        this.ring = ring;
    }

    /** An opened key. */
    record Opened(KeyId id, MasterKey master) {}

    /** Tries the password on the key files. */
    Opened open(Secret password) throws BackendException, RepositoryException {
        List<String> names = names();
        if (names.isEmpty()) {
            throw new RepositoryException.Missing("cannot open repository " + backend.location()
                    + ": no key file vs at least one; nothing was changed; put a copy of the key file back (cofre key"
                    + " export made one), or check the address");
        }
        List<String> unusable = new ArrayList<>();
        for (String name : names.subList(0, Math.min(MOST_TRIED, names.size()))) {
            Optional<MasterKey> master = tryKey(name, password, unusable);
            if (master.isPresent()) {
                return new Opened(KeyId.parse(name), master.get());
            }
        }
        if (unusable.size() == names.size()) {
            throw new RepositoryException.Damaged(
                    "cannot open repository " + backend.location() + ": no usable key file vs one: " + unusable.get(0)
                            + "; nothing was changed; put a copy of the key file back (it is on the recovery sheet; cofre key export made one, too)",
                    null);
        }
        throw new RepositoryException.WrongPassword("cannot open repository " + backend.location()
                + ": the password opens none of its " + names.size()
                + " key files vs one; nothing was changed; correct the password named in the configuration");
    }

    /** Names of all key files, sorted. */
    List<String> names() throws BackendException {
        List<FileInfo> files = new ArrayList<>();
        backend.list(FileType.KEYS, files::add);
        return files.stream()
                .map(FileInfo::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private Optional<MasterKey> tryKey(String name, Secret password, List<String> unusable) throws BackendException {
        try {
            return ring.open(read(name), password);
        } catch (FormatException | SealException | BackendException.Corrupt | BackendException.NotFound e) {
            LOG.warn("key skipped id={} reason=\"{}\"", name, e.getMessage());
            unusable.add(e.getMessage());
            return Optional.empty();
        }
    }

    private KeyFile read(String name) throws BackendException, FormatException {
        byte[] json = backend.get(new FileHandle(FileType.KEYS, name), KeyFileCodec.MAX_BYTES);
        if (!Sha256.hash(json).hex().equals(name)) {
            throw new FormatException("cannot use key " + name + ": its bytes hash to " + Sha256.hash(json)
                    + " vs its name; it was changed or cut");
        }
        return KeyFileCodec.decode(json);
    }

    /** All key files by name; {@code inUse} is marked. One that vanishes meanwhile is left out. */
    List<StoredKey> list(KeyId inUse) throws BackendException {
        List<StoredKey> keys = new ArrayList<>();
        for (String name : names()) {
            KeyId id = KeyId.parse(name);
            try {
                keys.add(new StoredKey(id, id.equals(inUse), Optional.of(read(name)), ""));
            } catch (BackendException.NotFound e) {
                LOG.info("key {} was removed while keys were listed", id);
            } catch (FormatException | BackendException.Corrupt e) {
                keys.add(new StoredKey(id, id.equals(inUse), Optional.empty(), e.getMessage()));
            }
        }
        return keys;
    }

    /** Whether the key as it is stored opens this master key. */
    boolean opens(KeyId id, Secret password, MasterKey master) throws BackendException {
        return tryKey(id.hex(), password, new ArrayList<>())
                .filter(master::equals)
                .isPresent();
    }

    /** Removes a key file; one that is not there counts as removed. */
    void remove(KeyId id) throws BackendException {
        backend.delete(new FileHandle(FileType.KEYS, id.hex()));
    }

    /** Writes a new key file for this master key. */
    KeyId add(MasterKey master, Secret password, ScryptCost cost, KeyRing.Origin origin) throws BackendException {
        KeyFile file = ring.create(master, password, cost, origin);
        byte[] json = KeyFileCodec.encode(file);
        KeyId id = new KeyId(Sha256.hash(json));
        backend.put(new FileHandle(FileType.KEYS, id.hex()), Payload.of(json));
        return id;
    }

    /** The stored bytes of a key file, for keeping elsewhere: useless without its password. */
    byte[] export(KeyId id) throws BackendException {
        return backend.get(new FileHandle(FileType.KEYS, id.hex()), KeyFileCodec.MAX_BYTES);
    }
}
