package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BlobIndexTest {
    private final SplittableRandom random = new SplittableRandom(1);

    private Sha256 hash() {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private IndexFile.Pack pack(int blobs) {
        List<PackedBlob> placed = new ArrayList<>();
        long offset = random.nextLong(0xffff_0000L);
        for (int i = 0; i < blobs; i++) {
            int length = 32 + random.nextInt(1 << 20);
            BlobType type = random.nextBoolean() ? BlobType.TREE : BlobType.DATA;
            int plain = random.nextBoolean() ? 0 : random.nextInt(Integer.MAX_VALUE);
            placed.add(new PackedBlob(new BlobHandle(type, new BlobId(hash())), offset % 0xffff_ffffL, length, plain));
            offset += length;
        }
        return new IndexFile.Pack(new PackId(hash()), placed);
    }

    private static BlobHandle twin(BlobHandle blob) {
        return new BlobHandle(blob.type() == BlobType.TREE ? BlobType.DATA : BlobType.TREE, blob.id());
    }

    @Test
    void agreesWithAHashMapOnHalfAMillionBlobs() {
        BlobIndex index = new BlobIndex();
        Map<BlobHandle, BlobPlace> model = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            IndexFile.Pack pack = pack(100);
            index.add(pack);
            pack.blobs().forEach(blob -> model.put(blob.blob(), new BlobPlace(pack.id(), blob)));
        }
        model.forEach((blob, place) -> {
            if (!index.find(blob).equals(java.util.Optional.of(place))) {
                assertThat(index.find(blob)).contains(place);
            }
        });
        for (int i = 0; i < 100_000; i++) {
            assertThat(index.contains(BlobHandle.data(new BlobId(hash())))).isFalse();
        }
        model.keySet().stream()
                .limit(10_000)
                .forEach(blob -> assertThat(index.contains(twin(blob))).isFalse());
        Map<BlobHandle, BlobPlace> shown = new HashMap<>();
        index.forEach(shown::put);
        assertThat(shown.equals(model)).isTrue();
        assertThat(index.packs()).hasSize(5000);
    }

    @Test
    void idsThatShareBeginningsStayApart() {
        BlobIndex index = new BlobIndex();
        List<PackedBlob> blobs = new ArrayList<>();
        for (int i = 0; i < 2000; i++) { // all in one segment, all wanting one slot
            blobs.add(new PackedBlob(BlobHandle.data(new BlobId(new Sha256(7, 7, 7, i))), 40L * i, 40, 0));
        }
        IndexFile.Pack pack = new IndexFile.Pack(new PackId(hash()), blobs);
        index.add(pack);
        for (PackedBlob blob : blobs) {
            assertThat(index.find(blob.blob())).contains(new BlobPlace(pack.id(), blob));
        }
        assertThat(index.contains(BlobHandle.data(new BlobId(new Sha256(7, 7, 7, 2000)))))
                .isFalse();
    }

    @Test
    void aBlobInSeveralPacksHasAllItsPlaces() {
        BlobIndex index = new BlobIndex();
        PackedBlob blob = pack(1).blobs().get(0);
        List<BlobPlace> places = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            PackedBlob placed = new PackedBlob(blob.blob(), 100L * i, 50, 0);
            IndexFile.Pack pack = new IndexFile.Pack(new PackId(hash()), List.of(placed));
            index.add(pack);
            index.add(pack); // named by two index files
            places.add(new BlobPlace(pack.id(), placed));
        }
        assertThat(index.findAll(blob.blob())).isEqualTo(places);
        assertThat(index.packs()).hasSize(5).allMatch(use -> use.blobs() == 1 && use.bytes() == 50);
    }

    @Test
    void aLiarThatComesFirstHidesNothing() {
        BlobIndex index = new BlobIndex();
        IndexFile.Pack honest = pack(3);
        List<PackedBlob> lies = honest.blobs().stream()
                .map(b -> new PackedBlob(b.blob(), 0, b.length() + 1, 0))
                .toList();
        index.add(new IndexFile.Pack(honest.id(), lies));
        index.add(honest);
        for (PackedBlob blob : honest.blobs()) {
            assertThat(index.findAll(blob.blob())).contains(new BlobPlace(honest.id(), blob));
        }
        assertThat(index.packs())
                .singleElement()
                .satisfies(use -> assertThat(use.blobs()).isEqualTo(6));
    }

    @Test
    void whatIsLostCountsAgainOnceItIsAddedAnew() {
        BlobIndex index = new BlobIndex();
        IndexFile.Pack pack = pack(2);
        index.add(pack);
        BlobHandle blob = pack.blobs().get(0).blob();
        index.markLost(blob);
        assertThat(index.contains(blob)).isFalse();
        assertThat(index.contains(pack.blobs().get(1).blob())).isTrue();
        index.add(new IndexFile.Pack(new PackId(hash()), List.of(pack.blobs().get(0))));
        assertThat(index.contains(blob)).isTrue();
        assertThat(index.findAll(blob)).hasSize(2);
    }

    @Test
    void threadsThatAddTheSamePacksAgree() throws Exception {
        List<IndexFile.Pack> packs = new ArrayList<>();
        IndexFile.Pack shared = pack(50);
        for (int i = 0; i < 200; i++) {
            packs.add(new IndexFile.Pack(new PackId(hash()), shared.blobs()));
        }
        BlobIndex index = new BlobIndex();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            all.add(threads.submit(() -> {
                go.await();
                for (IndexFile.Pack pack : packs) {
                    index.add(pack);
                    index.findAll(shared.blobs().get(0).blob());
                }
                return null;
            }));
        }
        go.countDown();
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(index.packs()).hasSize(200).allMatch(use -> use.blobs() == 50);
        for (PackedBlob blob : shared.blobs()) {
            assertThat(index.findAll(blob.blob())).hasSize(200).doesNotHaveDuplicates();
        }
    }

    @Test
    void blobsOfAPackThatLieApartInAnyOrderAreFound() {
        BlobIndex index = new BlobIndex();
        List<PackedBlob> blobs = new ArrayList<>();
        blobs.add(new PackedBlob(BlobHandle.data(new BlobId(hash())), 0xffff_ffffL, Integer.MAX_VALUE, 7));
        blobs.add(new PackedBlob(BlobHandle.tree(new BlobId(hash())), 1000, 50, 0));
        blobs.add(new PackedBlob(BlobHandle.data(new BlobId(hash())), 0, 40, Integer.MAX_VALUE));
        blobs.add(new PackedBlob(BlobHandle.tree(new BlobId(hash())), 40, 60, 9));
        blobs.add(new PackedBlob(BlobHandle.tree(new BlobId(hash())), 3_000_000_000L, 32, 9));
        PackId first = new PackId(hash());
        index.add(new IndexFile.Pack(first, blobs.subList(1, 3)));
        IndexFile.Pack other = pack(3);
        index.add(other);
        index.add(new IndexFile.Pack(first, blobs));
        for (PackedBlob blob : blobs) {
            assertThat(index.findAll(blob.blob())).containsExactly(new BlobPlace(first, blob));
        }
        for (PackedBlob blob : other.blobs()) {
            assertThat(index.findAll(blob.blob())).containsExactly(new BlobPlace(other.id(), blob));
        }
    }
}
