package cofre.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.Node;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.storage.BackendException;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.local.LocalBackend;
import cofre.testkit.FaultyBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStoreTest {
    @TempDir
    Path temp;

    private PointsFixture share;
    private Path to;

    @BeforeEach
    void makeRepository() throws Exception {
        share = new PointsFixture(temp.resolve("repo"));
        to = temp.resolve("to");
    }

    @AfterEach
    void close() {
        share.close();
    }

    @Test
    void aFlippedByteCostsOnlyTheFilesItIsIn() throws Exception {
        for (int i = 0; i < 10; i++) {
            share.live.dir("d").file(RawName.ofText("f" + i), random(100_000, i));
        }
        share.live.dir("d").link("same as f3", share.live.child("d").child("f3"));
        SnapshotId point = share.backup();
        damage(place("d", "f3"));

        RestoreReport report = share.restore(RestoreRequest.all(point).verified(), to);

        assertThat(report.isComplete()).isFalse();
        assertThat(report.failedCount()).isEqualTo(2);
        assertThat(report.failed())
                .extracting(RestoreReport.Failed::path)
                .containsExactlyInAnyOrder("/d/f3", "/d/same as f3");
        assertThat(report.failed()).anySatisfy(f -> assertThat(f.why()).contains("run cofre check"));
        assertThat(report.files()).isEqualTo(9);
        assertThat(report.verified()).isEqualTo(9);
        assertThat(names(to.resolve("d"))).hasSize(9).doesNotContain("f3");
    }

    @Test
    void aFileThatWasThereStaysWhenItsBlobIsDamaged() throws Exception {
        share.live.file(RawName.ofText("f"), random(100_000, 1));
        SnapshotId point = share.backup();
        damage(place("f"));
        Files.createDirectory(to);
        Files.writeString(to.resolve("f"), "older but whole");
        assertThat(share.restore(RestoreRequest.all(point), to).failedCount()).isEqualTo(1);
        assertThat(to.resolve("f")).hasContent("older but whole");
        assertThat(names(to)).containsExactly("f");
    }

    @Test
    void aMissingPackCostsTheFilesInItAndNoOthers() throws Exception {
        share.live.file(RawName.ofText("first"), random(3_000_000, 1));
        share.backup();
        share.live.file(RawName.ofText("second"), random(3_000_000, 2));
        SnapshotId point = share.backup();
        Files.delete(pack(place("first")));
        RestoreReport report = share.restore(RestoreRequest.all(point), to);
        assertThat(report.failed()).extracting(RestoreReport.Failed::path).containsExactly("/first");
        assertThat(Files.readAllBytes(to.resolve("second"))).isEqualTo(random(3_000_000, 2));
    }

    @Test
    void anotherCopyOfADamagedBlobIsUsed() throws Exception {
        share.live.file(RawName.ofText("f"), random(100_000, 1));
        share.backup();
        BlobPlace first = place("f");
        saveAgainElsewhere();
        SnapshotId point = share.backup();
        Repository repository = share.repository;
        repository.loadIndex(Progress.NONE);
        List<BlobPlace> places = repository.index().findAll(first.blob().blob());
        assertThat(places).hasSize(2);
        damage(places.get(0));

        RestoreReport report = share.restore(RestoreRequest.all(point).verified(), to);

        assertThat(report.isComplete()).isTrue();
        assertThat(Files.readAllBytes(to.resolve("f"))).isEqualTo(random(100_000, 1));
        damage(places.get(0)); // back as it was
        damage(places.get(1));
        assertThat(share.restore(RestoreRequest.all(point).verified(), temp.resolve("to2"))
                        .isComplete())
                .isTrue();
    }

    /** Two hosts that back the same up at once leave its blobs twice, as does a run that does not see the index. */
    private void saveAgainElsewhere() throws Exception {
        Path index;
        try (Stream<Path> files = Files.list(share.store().resolve("index"))) {
            index = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(index);
        Files.delete(index);
        share.live.file(RawName.ofText("g"), random(50_000, 9));
        share.backup();
        Files.write(index, bytes);
    }

    @Test
    void aDamagedDirectoryCostsWhatIsBelowIt() throws Exception {
        share.live.dir("bad").file("x", "1");
        share.live.dir("good").file("y", "2");
        SnapshotId point = share.backup();
        PointPaths paths = new PointPaths(share.repository.snapshot(point), share.repository.reader());
        BlobId tree = ((Node.DirBody) paths.node(RawPath.ofDisplay("/tank/obras/bad"))
                        .orElseThrow()
                        .body())
                .subtree();
        damage(share.repository.reader().locate(BlobHandle.tree(tree)).orElseThrow());
        RestoreReport report = share.restore(RestoreRequest.all(point), to);
        assertThat(report.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.path()).isEqualTo("/bad");
            assertThat(failed.why()).contains("nothing below it was restored");
        });
        assertThat(to.resolve("good/y")).hasContent("2");
    }

    @Test
    void aStoreThatCannotBeAskedEndsTheRunAndLeavesNoPartials() throws Exception {
        for (int i = 0; i < 8; i++) {
            share.live.file(RawName.ofText("f" + i), random(5_000_000, i));
        }
        SnapshotId point = share.backup();
        FaultyBackend faulty = new FaultyBackend(new LocalBackend(share.store(), share.clock));
        Repository repository = share.through(faulty);
        faulty.before(Operation.READ, 6, () -> {});
        faulty.failBefore(
                Operation.READ, 100, () -> new BackendException.Unreachable("cannot read: cut vs whole", null));
        assertThatThrownBy(() -> PointsFixture.restore(repository, RestoreRequest.all(point), to))
                .isInstanceOf(BackendException.Unreachable.class);
        assertThat(names(to)).noneMatch(name -> name.startsWith(".cofre-restore-"));
        repository.close();
    }

    /** Where the first blob of a file of the last point lies. */
    private BlobPlace place(String... names) throws Exception {
        PointFinder points = new PointFinder(share.repository.snapshots(Progress.NONE));
        PointPaths paths = new PointPaths(points.find(PointFinder.LATEST).snapshot(), share.repository.reader());
        RawPath path = PointsFixture.ROOT.resolve(RawPath.ofDisplay(String.join("/", names)));
        Node.FileBody body = (Node.FileBody) paths.node(path).orElseThrow().body();
        return share.repository
                .reader()
                .locate(BlobHandle.data(body.content().get(0)))
                .orElseThrow();
    }

    private Path pack(BlobPlace place) {
        String hex = place.pack().hex();
        return share.store().resolve("data").resolve(hex.substring(0, 2)).resolve(hex);
    }

    /** Turns a byte of a sealed blob round; twice is as before. */
    private void damage(BlobPlace place) throws Exception {
        byte[] bytes = Files.readAllBytes(pack(place));
        bytes[(int) place.blob().offset() + 20] ^= 0x40;
        Files.write(pack(place), bytes);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<String> names(Path dir) throws Exception {
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
