package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.format.TreeEncoder;
import cofre.path.RawName;
import cofre.progress.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S5: a tree deeper than any stack, with something lost at its end. */
@Timeout(120)
class DeepTreesTest {
    private static final int DEPTH = 10_000;

    private PruneWorld world;

    @BeforeEach
    void makeWorld() throws Exception {
        world = new PruneWorld();
        world.file("stays", 1_000);
        world.backUp();
    }

    private static Node node(String name, Node.Body body) {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        return new Node(
                RawName.ofText(name),
                new Metadata(0700, then, then, then, 0, 0, "", "", 1, 0, 0, List.of(), Map.of()),
                body);
    }

    /** Adds a restore point of directories in directories, at whose end is a file no pack holds. */
    private void plant() throws Exception {
        Repository repository = world.open(world.store);
        repository.loadIndex(Progress.NONE);
        try (RepositoryLock lock = repository.lockToAdd();
                BlobSink sink = repository.newSink(lock)) {
            Node inner = node("lost", new Node.FileBody(5, List.of(new BlobId(Sha256.hash(new byte[] {9})))));
            BlobId root = null;
            for (int depth = 0; depth < DEPTH; depth++) {
                TreeEncoder encoder = new TreeEncoder();
                encoder.add(inner);
                byte[] tree = encoder.finish();
                root = sink.save(BlobType.TREE, tree, 0, tree.length);
                inner = node("d", new Node.DirBody(root));
            }
            sink.flush();
            Snapshot like = repository.snapshots(Progress.NONE).get(0).snapshot();
            repository.saveSnapshot(new Snapshot(
                    like.time(),
                    Optional.empty(),
                    root,
                    like.paths(),
                    like.hostname(),
                    like.username(),
                    0,
                    0,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    "",
                    Optional.empty()));
        }
    }

    @Tag("slow")
    @Test
    void s5NoDepthOverflowsAnyStack() throws Exception {
        plant();
        CheckRun.Report check = new CheckRun(world.open(world.store), Progress.NONE).run(true);
        assertThat(check.isSound()).isFalse();
        assertThat(check.trees()).isGreaterThan(DEPTH);
        org.assertj.core.api.Assertions.assertThatThrownBy(world::prune)
                .as("what is lost is needed: nothing may go")
                .isInstanceOf(RepositoryException.Damaged.class);
        RepairReport report = new SnapshotRepair(world.open(world.store), Progress.NONE).run(Set.of(), true, false);
        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.added()).hasSize(1);
        assertThat(new CheckRun(world.open(world.store), Progress.NONE)
                        .run(true)
                        .isSound())
                .isTrue();
        RepairReport recovered = new Recovery(world.open(world.store), Progress.NONE).run(false);
        assertThat(recovered.added())
                .as("all that is left of it is in a restore point")
                .isEmpty();
        world.prune();
    }
}
