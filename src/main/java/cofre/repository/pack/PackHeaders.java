package cofre.repository.pack;

import cofre.format.FormatException;
import cofre.format.IndexFile;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.seal.SealException;
import cofre.seal.Sealer;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.Optional;

/** Reads the headers of stored packs: what a pack says of itself, authenticated by its seal. Thread-safe. */
public final class PackHeaders {
    private static final int LENGTH_FIELD = 4;

    private final Backend backend;
    private final Sealer sealer;
    private final int version;

    /** Headers of packs of a repository of this version. */
    public PackHeaders(Backend backend, Sealer sealer, int version) {
        this.backend = backend;
        this.sealer = sealer;
        this.version = version;
    }

    /** What the pack holds; empty when it is not there or is no sound pack. */
    public Optional<IndexFile.Pack> read(PackId pack) throws BackendException {
        FileHandle file = new FileHandle(FileType.DATA, pack.hex());
        try {
            long length = backend.size(file);
            if (length < LENGTH_FIELD) {
                return Optional.empty();
            }
            byte[] field = new byte[LENGTH_FIELD];
            backend.read(file, length - LENGTH_FIELD, field, 0, LENGTH_FIELD);
            byte[] sealed = new byte[PackHeaderCodec.sealedLength(field, 0, length)];
            backend.read(file, length - LENGTH_FIELD - sealed.length, sealed, 0, sealed.length);
            return Optional.of(new IndexFile.Pack(pack, PackHeaderCodec.decode(sealer.open(sealed), length, version)));
        } catch (BackendException.NotFound | BackendException.Corrupt | FormatException | SealException e) {
            return Optional.empty();
        }
    }
}
