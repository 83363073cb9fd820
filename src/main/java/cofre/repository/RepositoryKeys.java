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
    private static final int MOST_TRIED = 20;

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
                            + "; nothing was changed; put a copy of the key file back (cofre key export made one)",
                    null);
        }
        throw new RepositoryException.WrongPassword("cannot open repository " + backend.location()
                + ": the password opens none of its " + names.size()
                + " key files vs one; nothing was changed; correct the password named in the configuration");
    }

    private List<String> names() throws BackendException {
        List<FileInfo> files = new ArrayList<>();
        backend.list(FileType.KEYS, files::add);
        return files.stream()
                .map(FileInfo::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private Optional<MasterKey> tryKey(String name, Secret password, List<String> unusable) throws BackendException {
        try {
            byte[] json = backend.get(new FileHandle(FileType.KEYS, name), KeyFileCodec.MAX_BYTES);
            if (!Sha256.hash(json).hex().equals(name)) {
                throw new FormatException("cannot use key " + name + ": its bytes hash to " + Sha256.hash(json)
                        + " vs its name; it was changed or cut");
            }
            return ring.open(KeyFileCodec.decode(json), password);
        } catch (FormatException | SealException | BackendException.Corrupt | BackendException.NotFound e) {
            LOG.warn("key skipped id={} reason=\"{}\"", name, e.getMessage());
            unusable.add(e.getMessage());
            return Optional.empty();
        }
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
