package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.seal.Sealer;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * H18, H19: somebody who has the key but may only add tries to make a prune throw away the only sound copy. The pack with the
 * sound copy holds what nobody needs besides, so that a prune would love to see it go.
 */
@Timeout(120)
class PrunePoisonTest {
    private PruneWorld world;
    private UnpackedSeal unpacked;
    private FileHandle honest;
    private BlobHandle precious;

    @BeforeEach
    void makeWorld() throws Exception {
        world = new PruneWorld();
        unpacked = new UnpackedSeal(world.first.opened().sealer(), 2);
        byte[] content = StoreBytes.random(50_000, 99);
        precious = BlobHandle.data(new BlobId(Sha256.hash(content)));
        world.live.file(RawName.ofText("precious"), content);
        world.file("goes", 300_000);
        SnapshotId first = world.backUp();
        world.live.remove("goes");
        world.backUp();
        world.forget(first);
        honest = new FileHandle(FileType.DATA, place().hex());
    }

    private PackId place() throws Exception {
        Repository repository = world.open(world.store);
        repository.loadIndex(cofre.progress.Progress.NONE);
        return repository.index().find(precious).orElseThrow().pack();
    }

    /** A pack that says it holds the blob, sealed with the right key; its bytes are something else. */
    private IndexFile.Pack addFalsePack(byte[] plain) throws Exception {
        Sealer sealer = world.first.opened().sealer();
        PackedBlob claim = new PackedBlob(precious, 0, plain.length + Sealer.OVERHEAD, 0);
        byte[] header = PackHeaderCodec.encode(List.of(claim));
        byte[] pack = new byte[claim.length() + header.length + Sealer.OVERHEAD + PackHeaderCodec.LENGTH_FIELD];
        int at = sealer.seal(plain, 0, plain.length, pack, 0);
        int sealed = sealer.seal(header, 0, header.length, pack, at);
        PackHeaderCodec.writeLength(sealed, pack, at + sealed);
        FileHandle handle = StoreBytes.handle(FileType.DATA, pack);
        world.store.put(handle, Payload.of(pack));
        return new IndexFile.Pack(PackId.parse(handle.name()), List.of(claim));
    }

    private void addIndex(IndexFile.Pack... packs) throws Exception {
        UnpackedSeal.Stored file = unpacked.seal(IndexCodec.encode(new IndexFile(List.of(packs))));
        world.store.put(new FileHandle(FileType.INDEX, file.name().hex()), Payload.of(file.bytes()));
    }

    private void assertPreciousSurvives() throws Exception {
        for (int day = 0; day < 6; day++) {
            world.prune();
            world.assertRestores();
            world.clock.advance(Duration.ofDays(1));
        }
    }

    /** Garbage, somebody else's file and lies among the index files: passed over, told of, and nobody is stopped. */
    @Test
    void h18BadIndexFilesStopNeitherBackupNorPruneNorCheckNorRestore() throws Exception {
        byte[] junk = StoreBytes.random(500, 3);
        world.store.plant(StoreBytes.handle(FileType.INDEX, junk), junk);
        byte[] other = world.store.get(
                new FileHandle(
                        FileType.SNAPSHOTS,
                        world.list(FileType.SNAPSHOTS).get(0).name()),
                Integer.MAX_VALUE);
        world.store.plant(StoreBytes.handle(FileType.INDEX, other), other);
        byte[] sealed = SealedByHand.file(world.first, "{\"packs\":[{\"id\":\"x\"}]}".getBytes(StandardCharsets.UTF_8));
        world.store.plant(new FileHandle(FileType.INDEX, SealedByHand.name(sealed)), sealed);
        world.assertRestores();
        world.backUp();
        world.prune();
        world.assertRestores();
        CheckRun.Report report = new CheckRun(world.open(world.store), cofre.progress.Progress.NONE).run(true);
        assertThat(report.isSound()).isTrue();
        assertThat(report.findings().stream().filter(finding -> finding.object().startsWith("index file")))
                .hasSize(3)
                .allMatch(finding -> finding.advice().contains("cofre repair index"));
        new IndexRepair(world.open(world.store), cofre.progress.Progress.NONE).run(false, false);
        world.assertSound();
    }

    @Test
    void h19AFalseCopyNeverDisplacesTheSoundOne() throws Exception {
        addIndex(addFalsePack(StoreBytes.random(50_000, 1)));
        PruneReport report = world.prune();
        assertThat(report.refused())
                .singleElement()
                .satisfies(sentence ->
                        assertThat(sentence).contains(honest.name()).contains("it may hold the only sound copy"));
        assertThat(world.store.names()).contains(honest.toString());
        assertPreciousSurvives();
        assertThat(world.store.names()).contains(honest.toString());
    }

    @Test
    void h19ATrueCopyLetsTheOtherGoOnceItWasRead() throws Exception {
        addIndex(addFalsePack(StoreBytes.random(50_000, 99)));
        assertThat(world.prune().refused()).isEmpty();
        assertPreciousSurvives();
        assertThat(world.store.names()).doesNotContain(honest.toString());
        world.assertSound();
    }

    @Test
    void h19APackOfWhichTheIndexSaysMoreThanItHoldsIsLeftAsItIs() throws Exception {
        BlobHandle other = BlobHandle.data(new BlobId(Sha256.hash(new byte[] {1})));
        addIndex(new IndexFile.Pack(PackId.parse(honest.name()), List.of(new PackedBlob(other, 0, 100, 0))));
        PruneReport report = world.prune();
        assertThat(report.refused())
                .anySatisfy(
                        sentence -> assertThat(sentence).contains(honest.name()).contains(" by the index"));
        assertPreciousSurvives();
        assertThat(world.store.names()).contains(honest.toString());
    }

    @Test
    void h19APackOfWhichTheIndexSaysSomethingElseIsLeftAsItIs() throws Exception {
        List<IndexFile.Pack> lies = new ArrayList<>();
        for (cofre.storage.FileInfo file : world.list(FileType.INDEX)) {
            FileHandle handle = new FileHandle(FileType.INDEX, file.name());
            byte[] json = unpacked.open(
                    UnpackedKind.INDEX, Sha256.parse(file.name()), world.store.get(handle, Integer.MAX_VALUE));
            IndexCodec.decode(json).packs().forEach(pack -> lies.add(withoutPrecious(pack)));
            world.store.delete(handle);
        }
        IndexFile.Pack copy = addFalsePack(StoreBytes.random(50_000, 99));
        addIndex(lies.toArray(IndexFile.Pack[]::new));
        addIndex(copy);
        PruneReport report = world.prune();
        assertThat(report.refused())
                .singleElement()
                .satisfies(sentence -> assertThat(sentence)
                        .contains(honest.name())
                        .contains("what it says it holds is not what the index says"));
        assertPreciousSurvives();
        assertThat(world.store.names()).contains(honest.toString());
    }

    /** The index says that something of the same length, which nobody needs, lies where the precious blob lies. */
    private IndexFile.Pack withoutPrecious(IndexFile.Pack pack) {
        BlobHandle other = BlobHandle.data(new BlobId(Sha256.hash(new byte[] {2})));
        return new IndexFile.Pack(
                pack.id(),
                pack.blobs().stream()
                        .map(blob -> blob.blob().equals(precious)
                                ? new PackedBlob(other, blob.offset(), blob.length(), blob.uncompressedLength())
                                : blob)
                        .toList());
    }
}
