package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.FormatException;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.Node;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.format.SnapshotCodec;
import cofre.format.TreeCodec;
import cofre.repository.index.BlobIndex;
import cofre.seal.BlobSeal;
import cofre.seal.Compression;
import cofre.seal.SealException;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.OrderAssertingBackend;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Teaches the order-asserting store what our files refer to: an index names packs; a snapshot needs, for every tree and
 * every chunk below it, a pack and an index file that says so. All writes of a test's repository go through it.
 */
public final class OrderedStore {
    private final UnpackedSeal unpacked;
    private final BlobReader reader;
    private final BlobIndex index = new BlobIndex();
    private final Map<BlobHandle, Set<FileHandle>> needs = new HashMap<>(); // guarded by this

    private OrderedStore(Backend inner, Repository repository) {
        this.unpacked = new UnpackedSeal(
                repository.opened().sealer(), repository.config().version());
        this.reader = new BlobReader(
                index,
                inner,
                new BlobSeal(repository.opened().sealer(), repository.config().version(), Compression.AUTO));
    }

    /** A view of a store that holds nothing but the key and config of {@code repository}. */
    public static OrderAssertingBackend over(Backend inner, Repository repository) {
        OrderedStore store = new OrderedStore(inner, repository);
        return new OrderAssertingBackend(inner)
                .references(FileType.INDEX, store::packsOf)
                .references(FileType.SNAPSHOTS, store::allBelow);
    }

    private synchronized Set<FileHandle> packsOf(byte[] stored) {
        FileHandle self = new FileHandle(FileType.INDEX, Sha256.hash(stored).hex());
        Set<FileHandle> packs = new HashSet<>();
        for (IndexFile.Pack pack : index(stored).packs()) {
            FileHandle handle = new FileHandle(FileType.DATA, pack.id().hex());
            packs.add(handle);
            index.add(pack);
            for (PackedBlob blob : pack.blobs()) {
                needs.put(blob.blob(), Set.of(handle, self));
            }
        }
        return packs;
    }

    private IndexFile index(byte[] stored) {
        try {
            return IndexCodec.decode(unpacked.open(UnpackedKind.INDEX, Sha256.hash(stored), stored));
        } catch (FormatException | SealException e) {
            throw new AssertionError("an index was written that cannot be read", e);
        }
    }

    private synchronized Set<FileHandle> allBelow(byte[] stored) {
        try {
            Set<FileHandle> all = new HashSet<>();
            below(
                    SnapshotCodec.decode(unpacked.open(UnpackedKind.SNAPSHOT, Sha256.hash(stored), stored))
                            .tree(),
                    all);
            return all;
        } catch (FormatException | SealException | BackendException | RepositoryException e) {
            throw new AssertionError("a snapshot was written that cannot be read", e);
        }
    }

    private void below(BlobId tree, Set<FileHandle> all) throws BackendException, RepositoryException, FormatException {
        BlobHandle handle = BlobHandle.tree(tree);
        need(handle, all);
        for (Node node : TreeCodec.decode(reader.read(handle)).nodes()) {
            if (node.body() instanceof Node.DirBody dir) {
                below(dir.subtree(), all);
            } else if (node.body() instanceof Node.FileBody file) {
                file.content().forEach(chunk -> need(BlobHandle.data(chunk), all));
            }
        }
    }

    private void need(BlobHandle blob, Set<FileHandle> all) {
        if (!needs.containsKey(blob)) {
            throw new AssertionError("order of writes: a snapshot needs " + blob + ", which no stored index names");
        }
        all.addAll(needs.get(blob));
    }
}
