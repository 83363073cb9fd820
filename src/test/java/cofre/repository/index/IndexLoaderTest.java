package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.seal.MasterKey;
import cofre.seal.Sealer;
import cofre.seal.TagFunction;
import cofre.seal.UnpackedSeal;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.storage.local.LocalBackend;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexLoaderTest {
    private final SplittableRandom random = new SplittableRandom(29);
    private final UnpackedSeal seal = new UnpackedSeal(
            new Sealer(MasterKey.random(new SecureRandom()), new SecureRandom(), TagFunction.bouncyCastle()), 2);

    @TempDir
    private Path directory;

    private Sha256 hash() {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private IndexFile.Pack pack(long lastOffset) {
        List<PackedBlob> blobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            blobs.add(new PackedBlob(BlobHandle.data(new BlobId(hash())), 50L * i, 50, i));
        }
        blobs.add(new PackedBlob(BlobHandle.data(new BlobId(hash())), lastOffset, 50, 0));
        return new IndexFile.Pack(new PackId(hash()), blobs);
    }

    private String store(LocalBackend backend, List<IndexFile.Pack> packs) throws Exception {
        UnpackedSeal.Stored file = seal.seal(IndexCodec.encode(new IndexFile(packs)));
        String name = file.name().hex();
        backend.put(new FileHandle(FileType.INDEX, name), Payload.of(file.bytes()));
        return name;
    }

    @Test
    void everyFileIsAddedWholeOrNotAtAll() throws Exception {
        LocalBackend backend = new LocalBackend(directory, Clock.systemUTC());
        backend.create();
        List<IndexFile.Pack> good = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            good.add(pack(1000));
            store(backend, List.of(good.get(i), good.get(0)));
        }
        IndexFile.Pack before = pack(1000);
        String bad = store(backend, List.of(before, pack(1L << 32)));
        Map<String, long[]> heard = new ConcurrentHashMap<>();
        BlobIndex index = new BlobIndex();
        List<IndexLoader.Skipped> skipped = new IndexLoader(backend, seal, 4)
                .load(index, name -> true, (name, listing) -> heard.put(name, listing));
        assertThat(skipped).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo(bad);
            assertThat(file.reason()).startsWith("cannot use index file " + bad).endsWith("vs 0 to 4294967295");
        });
        assertThat(index.packs()).hasSize(30).allMatch(use -> use.blobs() == 21);
        assertThat(index.containsPack(before.id())).isFalse();
        assertThat(heard.keySet()).isEqualTo(index.files()).hasSize(30);
        long first = ((long) index.numberOf(good.get(0).id()) << 32) | 21;
        assertThat(heard.values()).allMatch(listing -> listing.length == 2 && listing[1] == first);
    }
}
