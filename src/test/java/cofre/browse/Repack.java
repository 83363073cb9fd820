package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.BlobSink;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.storage.Backend;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import java.util.ArrayList;
import java.util.List;

/** Our model of what prune does: all blobs in new packs under a new index, the old ones gone. */
final class Repack {
    private Repack() {}

    static void all(Backend store, Repository repository) throws Exception {
        run(store, repository, null);
    }

    /** The same, and one tree is not copied. */
    static void without(Backend store, Repository repository, BlobId tree) throws Exception {
        run(store, repository, tree);
    }

    private static void run(Backend store, Repository repository, BlobId left) throws Exception {
        Repository before = repository.session();
        before.loadIndex(Progress.NONE);
        BlobReader reader = before.reader();
        List<FileHandle> old = new ArrayList<>();
        list(store, FileType.DATA, old);
        list(store, FileType.INDEX, old);
        List<BlobHandle> blobs = new ArrayList<>();
        before.index().forEach((blob, place) -> blobs.add(blob));
        Repository after = repository.session();
        try (RepositoryLock lock = after.lockExclusive();
                BlobSink sink = after.newSink(lock)) {
            for (BlobHandle blob : blobs) {
                if (blob.type() == BlobType.DATA || !blob.id().equals(left)) {
                    byte[] plain = reader.read(blob);
                    sink.save(blob.type(), plain, 0, plain.length);
                }
            }
            sink.flush();
        }
        for (FileHandle file : old) {
            store.delete(file);
        }
    }

    private static void list(Backend store, FileType type, List<FileHandle> into) throws Exception {
        List<FileInfo> files = new ArrayList<>();
        store.list(type, files::add);
        files.forEach(file -> into.add(new FileHandle(type, file.name())));
    }
}
