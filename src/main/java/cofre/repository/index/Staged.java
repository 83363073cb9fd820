package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * What an index file holds until all of it has been read: 48 bytes a blob, where objects would be a hundred more. Not
 * thread-safe; used again for the next file.
 */
final class Staged implements IndexCodec.PackConsumer {
    private static final int WORDS = 6;
    private static final long TREE = 1L << 32;
    private static final long LOW = 0xffff_ffffL;

    private final PagedLongs blobs = new PagedLongs();
    private final PagedLongs packs = new PagedLongs(); // id, and the number of blobs
    private int blobCount;
    private int packCount;

    /** Nothing is in it any more. */
    void clear() {
        blobCount = 0;
        packCount = 0;
    }

    /** How many packs there are. */
    int packs() {
        return packCount;
    }

    @Override
    public void accept(IndexFile.Pack pack) {
        pack.blobs().forEach(BlobIndex::refuseFarAway); // before anything of the file is put to use
        write(pack.id().hash(), packs, 5 * packCount);
        packs.set(5 * packCount + 4, pack.blobs().size());
        packCount++;
        for (PackedBlob blob : pack.blobs()) {
            int at = WORDS * blobCount++;
            write(blob.blob().id().hash(), blobs, at);
            blobs.set(at + 4, blob.offset() | (blob.blob().type() == BlobType.TREE ? TREE : 0));
            blobs.set(at + 5, ((long) blob.length() << 32) | blob.uncompressedLength());
        }
    }

    /** Gives all packs to {@code consumer}, in the order in which they came. */
    void replay(IndexCodec.PackConsumer consumer) {
        int blob = 0;
        for (int pack = 0; pack < packCount; pack++) {
            int count = (int) packs.get(5 * pack + 4);
            List<PackedBlob> content = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                content.add(blob(blob++));
            }
            consumer.accept(new IndexFile.Pack(new PackId(read(packs, 5 * pack)), content));
        }
    }

    private PackedBlob blob(int number) {
        int at = WORDS * number;
        BlobId id = new BlobId(read(blobs, at));
        long place = blobs.get(at + 4);
        long lengths = blobs.get(at + 5);
        BlobHandle blob = (place & TREE) != 0 ? BlobHandle.tree(id) : BlobHandle.data(id);
        return new PackedBlob(blob, place & LOW, (int) (lengths >>> 32), (int) lengths);
    }

    private static void write(Sha256 id, PagedLongs into, int at) {
        into.set(at, id.a());
        into.set(at + 1, id.b());
        into.set(at + 2, id.c());
        into.set(at + 3, id.d());
    }

    private static Sha256 read(PagedLongs from, int at) {
        return new Sha256(from.get(at), from.get(at + 1), from.get(at + 2), from.get(at + 3));
    }
}
