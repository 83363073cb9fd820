package cofre.repository;

import cofre.format.FormatException;
import cofre.format.Sha256;
import cofre.seal.SealException;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.MemoryBackend;
import java.util.ArrayList;
import java.util.List;

/** Writes every index file anew and removes the old ones, as restic prune and repair do. */
public final class RewrittenIndex {
    private static final int LARGEST = 1 << 26;

    private RewrittenIndex() {}

    /** Does it in a store whose repository was opened. */
    public static void in(Repository repository, MemoryBackend store)
            throws BackendException, SealException, FormatException {
        Repository.Opened opened = repository.opened();
        UnpackedSeal seal = new UnpackedSeal(opened.sealer(), opened.config().version());
        List<String> names = new ArrayList<>();
        store.list(FileType.INDEX, file -> names.add(file.name()));
        for (String name : names) {
            FileHandle old = new FileHandle(FileType.INDEX, name);
            UnpackedSeal.Stored fresh =
                    seal.seal(seal.open(UnpackedKind.INDEX, Sha256.parse(name), store.get(old, LARGEST)));
            store.put(new FileHandle(FileType.INDEX, fresh.name().hex()), Payload.of(fresh.bytes()));
            store.delete(old);
        }
    }
}
