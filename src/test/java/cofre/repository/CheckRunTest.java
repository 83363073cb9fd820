package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.progress.Progress;
import cofre.repository.check.Finding.Severity;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckRunTest {
    private SmallRepository small;
    private UnpackedSeal seal;

    @BeforeEach
    void makeRepository() throws Exception {
        small = new SmallRepository();
        seal = new UnpackedSeal(small.repository.opened().sealer(), 2);
    }

    @Test
    void aSoundRepositoryGivesNoFinding() throws Exception {
        CheckRun.Report report = small.check();
        assertThat(report.findings()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.points()).isEqualTo(1);
        assertThat(report.trees()).isEqualTo(5); // tank, s, d, e and what holds tank
        assertThat(report.packs()).isEqualTo(2);
        assertThat(report.bytesRead())
                .isEqualTo(small.bytes(small.files(FileType.DATA).get(0)).length
                        + small.bytes(small.files(FileType.DATA).get(1)).length);
    }

    @Test
    void theCheckLeavesNothingBehind() throws Exception {
        List<String> before = small.store.names();
        small.check();
        assertThat(small.store.names()).isEqualTo(before);
    }

    @Test
    void aPackInNoIndexIsWorthKnowingNoMore() throws Exception {
        byte[] orphan = StoreBytes.random(500, 3);
        small.store.put(StoreBytes.handle(FileType.DATA, orphan), Payload.of(orphan));
        CheckRun.Report report = small.check();
        assertThat(report.isSound()).isTrue();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.toString()).contains("1 packs: they are in no index");
        });
    }

    @Test
    void anIndexThatLiesIsSeenButHidesNothing() throws Exception {
        IndexFile honest = index();
        List<IndexFile.Pack> lies = new ArrayList<>();
        for (IndexFile.Pack pack : honest.packs()) {
            lies.add(new IndexFile.Pack(
                    pack.id(),
                    pack.blobs().stream()
                            .map(b -> new PackedBlob(b.blob(), b.offset() + 1000, b.length(), b.uncompressedLength()))
                            .toList()));
        }
        writeIndex(new IndexFile(lies));
        assertThat(small.readAll(small.over(small.store))).containsExactly(small.content);
        assertThat(small.check().findings())
                .anySatisfy(finding -> assertThat(finding.toString())
                        .contains(honest.packs().get(0).id().hex()));
    }

    @Test
    void anIndexThatNamesBlobsItsPackDoesNotHoldIsDamage() throws Exception {
        IndexFile honest = index();
        List<IndexFile.Pack> lies = new ArrayList<>();
        for (IndexFile.Pack pack : honest.packs()) {
            List<PackedBlob> blobs = new ArrayList<>(pack.blobs());
            PackedBlob first = blobs.get(0);
            BlobHandle made = new BlobHandle(first.blob().type(), new BlobId(Sha256.hash(new byte[] {1})));
            blobs.set(0, new PackedBlob(made, first.offset(), first.length(), first.uncompressedLength()));
            lies.add(new IndexFile.Pack(pack.id(), blobs));
        }
        small.store.delete(small.only(FileType.INDEX));
        writeIndex(new IndexFile(lies));
        assertThat(small.check().findings())
                .anySatisfy(finding -> assertThat(finding.toString()).contains("of which 1 are not in it"));
    }

    @Test
    void aBlobIndexedWithAnAbsurdLengthTakesNoMemory() throws Exception {
        IndexFile honest = index();
        small.store.delete(small.only(FileType.INDEX));
        List<IndexFile.Pack> lies = new ArrayList<>();
        for (IndexFile.Pack pack : honest.packs()) {
            PackedBlob first = pack.blobs().get(0);
            lies.add(new IndexFile.Pack(
                    pack.id(),
                    List.of(new PackedBlob(first.blob(), 0, Integer.MAX_VALUE, first.uncompressedLength()))));
        }
        writeIndex(new IndexFile(lies));
        Repository repository = small.over(small.store);
        repository.loadIndex(Progress.NONE);
        for (IndexFile.Pack pack : lies) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> repository.reader().read(pack.blobs().get(0).blob()))
                    .isInstanceOf(RepositoryException.Damaged.class)
                    .hasMessageContaining("2147483647 bytes vs at most");
        }
        assertThat(small.check().isSound()).isFalse();
    }

    @Test
    void aBadIndexAmongGoodOnesIsAWarning() throws Exception {
        byte[] junk = StoreBytes.random(300, 4);
        FileHandle bad = StoreBytes.handle(FileType.INDEX, junk);
        small.store.plant(bad, junk);
        CheckRun.Report report = small.check();
        assertThat(report.isSound()).isTrue();
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.object()).isEqualTo("index file " + bad.name()));
        assertThat(small.readAll(small.over(small.store))).containsExactly(small.content);
    }

    private IndexFile index() throws Exception {
        FileHandle file = small.only(FileType.INDEX);
        return IndexCodec.decode(seal.open(UnpackedKind.INDEX, Sha256.parse(file.name()), small.bytes(file)));
    }

    private void writeIndex(IndexFile index) throws Exception {
        UnpackedSeal.Stored file = seal.seal(IndexCodec.encode(index));
        small.store.put(new FileHandle(FileType.INDEX, file.name().hex()), Payload.of(file.bytes()));
    }
}
