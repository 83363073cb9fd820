package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.seal.MasterKey;
import cofre.seal.Sealer;
import cofre.seal.TagFunction;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.FakeTime;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.StoreBytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IndexFilesTest {
    private final MemoryBackend backend = MemoryBackend.ready();
    private final UnpackedSeal seal = new UnpackedSeal(
            new Sealer(MasterKey.random(new SecureRandom()), new SecureRandom(), TagFunction.bouncyCastle()), 2);
    private final FakeTime time = new FakeTime();
    private final BlobIndex index = new BlobIndex();
    private final IndexWriter writer = new IndexWriter(backend, seal, index, time);
    private int made;

    private IndexFile.Pack pack(int blobs) {
        List<PackedBlob> placed = new ArrayList<>();
        for (int i = 0; i < blobs; i++) {
            placed.add(new PackedBlob(
                    BlobHandle.data(
                            new BlobId(new Sha256(made * 0x9E37_79B9_7F4A_7C15L, i * 0xC2B2_AE3D_27D4_EB4FL, made, i))),
                    40L * i,
                    40,
                    0));
        }
        return new IndexFile.Pack(new PackId(new Sha256(++made, 0, 0, 0)), placed);
    }

    private List<IndexLoader.Skipped> load(BlobIndex into) throws Exception {
        return new IndexLoader(backend, seal, 3).load(into);
    }

    @Test
    void aFileIsWrittenWhenItHoldsFiftyThousandBlobs() throws Exception {
        for (int i = 0; i < 49; i++) {
            writer.add(pack(1000));
        }
        assertThat(backend.names()).isEmpty();
        writer.add(pack(1000));
        assertThat(backend.names()).hasSize(1);
        writer.flush();
        assertThat(backend.names()).hasSize(1);
    }

    @Test
    void aPackWaitsTenMinutesAtMostForTheNext() throws Exception {
        writer.add(pack(1));
        time.advance(Duration.ofMinutes(10));
        writer.add(pack(1));
        assertThat(backend.names()).isEmpty();
        time.advance(Duration.ofNanos(1));
        writer.add(pack(1));
        assertThat(backend.names()).hasSize(1);
        writer.add(pack(1)); // the ten minutes begin anew
        assertThat(backend.names()).hasSize(1);
        writer.flush();
        assertThat(backend.names()).hasSize(2);
    }

    @Test
    void whatIsWrittenIsLoaded() throws Exception {
        for (int i = 0; i < 20; i++) {
            writer.add(pack(10));
            writer.flush();
        }
        BlobIndex loaded = new BlobIndex();
        assertThat(load(loaded)).isEmpty();
        assertThat(loaded.packs()).containsExactlyInAnyOrderElementsOf(index.packs());
        index.forEach((blob, place) -> assertThat(loaded.findAll(blob)).containsExactly(place));
    }

    @Test
    void aFileThatCannotBeWrittenIsToldToWhoeverBroughtThePack() {
        FaultyBackend faulty = new FaultyBackend(backend)
                .failBefore(Operation.PUT, 1, () -> new BackendException.NoSpace("cannot store: full", null));
        IndexWriter broken = new IndexWriter(faulty, seal, index, time);
        assertThatThrownBy(() -> broken.add(pack(50_000))).isInstanceOf(BackendException.NoSpace.class);
    }

    @Test
    void badFilesAreNamedAndHideNothing() throws Exception {
        writer.add(pack(5));
        writer.flush();
        List<String> bad = new ArrayList<>();
        bad.add(plant(StoreBytes.random(100, 1)));
        bad.add(plant(new byte[0]));
        bad.add(plant(seal.seal("{\"packs\":".getBytes(StandardCharsets.UTF_8)).bytes()));
        bad.add(plant(seal.seal("{}".getBytes(StandardCharsets.UTF_8)).bytes()));
        bad.add(plant(
                seal.seal("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)).bytes()));
        // The first pack of this file is sound, the second is not: nothing of it may be used.
        String half = "{\"packs\":[{\"id\":\"" + "1".repeat(64) + "\",\"blobs\":[{\"id\":\"" + "2".repeat(64)
                + "\",\"type\":\"data\",\"offset\":0,\"length\":40}]},{\"id\":\"" + "3".repeat(64)
                + "\",\"blobs\":[{\"id\":\"" + "4".repeat(64) + "\",\"type\":\"data\",\"offset\":-1,\"length\":40}]}]}";
        bad.add(plant(seal.seal(half.getBytes(StandardCharsets.UTF_8)).bytes()));
        byte[] swapped = backend.get(new FileHandle(FileType.INDEX, bad.get(0)), 1000);
        backend.plant(new FileHandle(FileType.INDEX, "a".repeat(64)), swapped);
        bad.add("a".repeat(64));

        BlobIndex loaded = new BlobIndex();
        List<IndexLoader.Skipped> skipped = load(loaded);
        assertThat(skipped).extracting(IndexLoader.Skipped::name).containsExactlyInAnyOrderElementsOf(bad);
        assertThat(skipped)
                .allSatisfy(one -> assertThat(one.reason()).startsWith("cannot use index file " + one.name() + ": "));
        assertThat(loaded.packs()).hasSize(1);
    }

    private String plant(byte[] stored) {
        FileHandle file = StoreBytes.handle(FileType.INDEX, stored);
        backend.plant(file, stored);
        return file.name();
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotABadFile() throws Exception {
        writer.add(pack(5));
        writer.flush();
        FaultyBackend faulty = new FaultyBackend(backend)
                .failBefore(Operation.GET, 1, () -> new BackendException.Unreachable("cannot read: down", null));
        assertThatThrownBy(() -> new IndexLoader(faulty, seal, 2).load(new BlobIndex()))
                .isInstanceOf(BackendException.Unreachable.class);
    }
}
