package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Blobs of file content: those used last in memory, others fetched, each once at a time, by somebody who waits for it or
 * ahead of him. Thread-safe.
 */
final class Blocks {
    private final WeightedCache<BlobId, Block> kept;
    private final Map<BlobId, CompletableFuture<byte[]>> coming = new ConcurrentHashMap<>();

    Blocks(long memory) {
        this.kept = new WeightedCache<>(memory, Block::length);
    }

    /** A blob in memory. */
    Optional<byte[]> kept(BlobId id) {
        return kept.get(id).flatMap(Block::bytes);
    }

    /** A blob, which is being fetched from now on if it was not. */
    CompletableFuture<byte[]> want(Archive archive, BlobId id) {
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> theirs = coming.putIfAbsent(id, mine);
        if (theirs != null) {
            return theirs;
        }
        Optional<byte[]> there = kept(id); // it may have come between
        if (there.isPresent()) {
            done(id, mine, there.get());
            return mine;
        }
        begin(archive.wanted(), Map.of(id, mine), () -> {
            byte[] plain = new OneBlob(archive, (place, stored, at) -> {}).read(BlobHandle.data(id));
            done(id, mine, plain);
        });
        return mine;
    }

    /** Fetches blobs that will be wanted, neighbours of one pack together; those the index does not know are left out. */
    void ahead(Archive archive, BlobReader reader, List<BlobId> ids, int most) {
        Map<BlobId, CompletableFuture<byte[]>> mine = new HashMap<>();
        List<BlobPlace> places = new ArrayList<>();
        for (BlobId id : ids) {
            Optional<BlobPlace> place = reader.locate(BlobHandle.data(id));
            CompletableFuture<byte[]> future = new CompletableFuture<>();
            if (place.isPresent() && kept(id).isEmpty() && coming.putIfAbsent(id, future) == null) {
                mine.put(id, future);
                places.add(place.get());
            }
        }
        for (PackPart part : PackPart.plan(places, most)) {
            Map<BlobId, CompletableFuture<byte[]>> ofPart = new HashMap<>();
            part.blobs().forEach(place -> {
                BlobId id = place.blob().blob().id();
                ofPart.put(id, mine.get(id));
            });
            begin(
                    archive.ahead(),
                    ofPart,
                    () -> archive.asked(() -> {
                        new PartReader(reader).read(part, new Arrived(ofPart));
                        return part;
                    }));
        }
    }

    private interface Work {
        void run() throws BrowseException;
    }

    /** Whatever happens, nobody waits for ever. */
    private void begin(Executor threads, Map<BlobId, CompletableFuture<byte[]>> blobs, Work work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (BrowseException | RuntimeException | Error e) {
                    blobs.forEach((id, blob) -> failed(id, blob, e));
                }
            });
        } catch (RejectedExecutionException e) {
            blobs.forEach((id, blob) -> failed(
                    id,
                    blob,
                    new BrowseException.Unavailable(
                            "cannot read data blob " + id + ": too much is waiting, or it was closed", e)));
        }
    }

    private void done(BlobId id, CompletableFuture<byte[]> blob, byte[] plain) {
        kept.put(id, new Block(plain));
        coming.remove(id, blob);
        blob.complete(plain);
    }

    private void failed(BlobId id, CompletableFuture<byte[]> blob, Throwable why) {
        coming.remove(id, blob);
        blob.completeExceptionally(why);
    }

    /** Nobody waits any longer: what was not begun never will be. */
    void end() {
        coming.values().forEach(each -> each.completeExceptionally(new BrowseException.Gone("cannot go on: closed")));
    }

    /** Bytes of blobs in memory. */
    long memory() {
        return kept.weight();
    }

    private final class Arrived implements PartReader.Blobs {
        private final Map<BlobId, CompletableFuture<byte[]>> wanted;

        Arrived(Map<BlobId, CompletableFuture<byte[]>> wanted) {
            this.wanted = wanted;
        }

        @Override
        public void opened(BlobPlace place, byte[] sealed, int at, byte[] plain) {
            elsewhere(place.blob().blob(), plain);
        }

        @Override
        public void elsewhere(BlobHandle blob, byte[] plain) {
            done(blob.id(), wanted.get(blob.id()), plain);
        }

        /** Whoever wants it asks again by himself, by a newer index. */
        @Override
        public void lost(BlobHandle blob, RepositoryException why) {
            failed(blob.id(), wanted.get(blob.id()), new BrowseException.Unavailable(why.getMessage(), why));
        }
    }
}
