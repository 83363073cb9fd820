package cofre.repository;

import cofre.chunk.Polynomial;
import cofre.format.ConfigCodec;
import cofre.format.FormatException;
import cofre.format.KeyId;
import cofre.format.RepositoryConfig;
import cofre.format.RepositoryId;
import cofre.format.Sha256;
import cofre.seal.KeyRing;
import cofre.seal.MasterKey;
import cofre.seal.SealException;
import cofre.seal.Sealer;
import cofre.seal.Secret;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.time.ZoneOffset;

/** Makes and opens repositories. */
public final class Repositories {
    private static final int VERSION = 2;

    private final Engine engine;

    /** With this engine for all that are opened. */
    public Repositories(Engine engine) {
        this.engine = engine;
    }

    /**
     * Makes a repository where none is: layout, then key, then config, so that one that has a config can be opened.
     *
     * @throws RepositoryException.Exists when there is one, or something that may be a part of one
     */
    public Repository init(Backend backend, Secret password)
            throws BackendException, RepositoryException, InterruptedException {
        return init(Store.uncached(backend), password);
    }

    /** The same; what is returned reads through the store's cache. */
    public Repository init(Store store, Secret password)
            throws BackendException, RepositoryException, InterruptedException {
        Backend backend = store.direct();
        refuseExisting(backend);
        backend.create();
        MasterKey master = MasterKey.random(engine.random());
        KeyRing.Origin origin = new KeyRing.Origin(
                engine.holder().clock().instant().atZone(ZoneOffset.UTC),
                engine.holder().username(),
                engine.holder().rules().hostname());
        KeyId key = new RepositoryKeys(backend, new KeyRing(engine.random()))
                .add(master, password, engine.keyCost(), origin);
        byte[] id = new byte[Sha256.LENGTH];
        engine.random().nextBytes(id);
        RepositoryConfig config = new RepositoryConfig(
                VERSION,
                new RepositoryId(Sha256.of(id)),
                Polynomial.random(engine.random()).bits());
        byte[] sealed = UnpackedSeal.sealConfig(sealer(master), ConfigCodec.encode(config));
        try {
            backend.put(FileHandle.CONFIG, Payload.of(sealed));
        } catch (BackendException.AlreadyExists e) {
            backend.delete(
                    new FileHandle(FileType.KEYS, key.hex())); // with our password it would open the wrong master key
            throw exists(backend, "somebody else made one at this moment");
        }
        return open(store, password);
    }

    private static void refuseExisting(Backend backend) throws BackendException, RepositoryException {
        try {
            backend.size(FileHandle.CONFIG);
            throw exists(backend, "it has a config file");
        } catch (BackendException.NotFound e) {
            refuseAny(backend, FileType.KEYS);
            refuseAny(backend, FileType.SNAPSHOTS);
        }
    }

    private static void refuseAny(Backend backend, FileType type) throws BackendException, RepositoryException {
        int[] count = new int[1];
        backend.list(type, file -> count[0]++);
        if (count[0] > 0) {
            throw exists(backend, count[0] + " " + type.folder() + " files are there, but no config");
        }
    }

    private static RepositoryException exists(Backend backend, String what) {
        return new RepositoryException.Exists("cannot make a repository at " + backend.location() + ": " + what
                + " vs an empty place; nothing was changed; use it as it is, or give another address");
    }

    /** Opens a repository without a cache. */
    public Repository open(Backend backend, Secret password)
            throws BackendException, RepositoryException, InterruptedException {
        return open(Store.uncached(backend), password);
    }

    /** Opens a repository. */
    public Repository open(Store store, Secret password)
            throws BackendException, RepositoryException, InterruptedException {
        byte[] stored = config(store.direct());
        RepositoryKeys.Opened key = new RepositoryKeys(store.direct(), new KeyRing(engine.random())).open(password);
        Sealer sealer = sealer(key.master());
        RepositoryConfig config = readConfig(store.direct(), sealer, stored);
        return new Repository(new Repository.Opened(store, engine, key, sealer, config));
    }

    private static byte[] config(Backend store) throws BackendException, RepositoryException {
        try {
            return store.get(FileHandle.CONFIG, ConfigCodec.MAX_BYTES);
        } catch (BackendException.NotFound e) {
            throw new RepositoryException.Missing(
                    "cannot open repository " + store.location()
                            + ": no config file there vs one; nothing was changed; make a repository with cofre init, or check the address");
        }
    }

    private static RepositoryConfig readConfig(Backend store, Sealer sealer, byte[] stored) throws RepositoryException {
        try {
            RepositoryConfig config = ConfigCodec.decode(UnpackedSeal.openConfig(sealer, stored));
            Polynomial.ofConfig(Long.toHexString(config.polynomial()));
            return config;
        } catch (FormatException.UnsupportedVersion e) {
            throw new RepositoryException.Unsupported(
                    "cannot open repository " + store.location() + ": " + e.getMessage());
        } catch (FormatException | SealException | IllegalArgumentException e) {
            throw new RepositoryException.Damaged(
                    "cannot open repository " + store.location() + ": its config file is damaged vs whole: "
                            + e.getMessage() + "; nothing was changed; put a copy of the config file back",
                    e);
        }
    }

    private Sealer sealer(MasterKey master) {
        return new Sealer(master, engine.random(), engine.tags());
    }
}
