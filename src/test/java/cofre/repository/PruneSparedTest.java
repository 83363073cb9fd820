package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.SnapshotId;
import cofre.progress.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A prune beside points that were forgotten and may come back. */
@Timeout(60)
class PruneSparedTest {
    /** What is in the trash. */
    private static final class Spared implements SparedPoints {
        private final Map<SnapshotId, BlobId> roots = new HashMap<>();
        private final Map<SnapshotId, String> lost = new HashMap<>();

        @Override
        public Map<SnapshotId, BlobId> roots() {
            return roots;
        }

        @Override
        public void lost(SnapshotId point, String why) {
            lost.put(point, why);
        }
    }

    private final Spared spared = new Spared();
    private PruneWorld world;
    private SnapshotId old;
    private byte[] record;

    @BeforeEach
    void forgetAPoint() throws Exception {
        world = new PruneWorld();
        world.file("gone", 400_000);
        world.live.dir("d").file("gone too", "content nobody else has");
        old = world.backUp();
        world.live.remove("gone");
        world.live.child("d").remove("gone too");
        world.file("kept", 100_000);
        world.backUp();
        Repository repository = world.open(world.store);
        record = repository.storedRecord(old);
        spared.roots.put(old, repository.openRecord(old, record).tree());
    }

    private PruneReport prune() throws Exception {
        return new PruneRun(world.open(world.store), PruneWorld.options(0), world.waiting, spared, Progress.NONE)
                .run(() -> false);
    }

    private void pruneUntilDeleted() throws Exception {
        prune();
        for (int day = 0; day < 4; day++) {
            world.clock.advance(Duration.ofDays(1));
            prune();
        }
    }

    @Test
    void whatASparedPointNeedsStaysAndItComesBackWhole() throws Exception {
        var content = world.expected.get(old);
        world.forget(old);
        pruneUntilDeleted();
        assertThat(spared.lost).isEmpty();
        Repository repository = world.open(world.store);
        try (RepositoryLock lock = repository.lockToAdd()) {
            repository.loadIndex(Progress.NONE);
            assertThat(repository.missing(spared.roots.get(old))).isEmpty();
            repository.putBack(old, record, lock);
            repository.putBack(old, record, lock); // again: nothing happens
        }
        world.expected.put(old, content);
        world.assertSound();
    }

    @Test
    void whatIsSparedNoLongerGoesAndOnePrunedByAnotherIsToldOf() throws Exception {
        world.forget(old);
        world.pruneUntilDeleted(); // by somebody who knows nothing of the trash
        Repository repository = world.open(world.store);
        repository.loadIndex(Progress.NONE);
        assertThat(repository.missing(spared.roots.get(old))).isPresent();
        PruneReport report = prune();
        assertThat(spared.lost.get(old)).containsAnyOf("in no index any more", "cannot be read");
        assertThat(report.droppedPacks()).isZero();
        world.assertSound();
    }

    @Test
    void aLostOneLeavesNoMarksThatWouldHideWhatANewPointNeeds() throws Exception {
        // Half of the forgotten point's directories are there: the prune must not take them for walked.
        SnapshotId other = world.backUp();
        world.live.dir("e").file("only here", "and in no other point");
        SnapshotId last = world.backUp();
        Repository repository = world.open(world.store);
        BlobId root = repository.snapshot(last).tree();
        world.forget(last);
        world.forget(old);
        world.pruneUntilDeleted();
        spared.roots.clear();
        spared.roots.put(last, root);
        prune();
        assertThat(spared.lost).containsKey(last);
        assertThat(world.expected).containsKey(other);
        world.assertSound();
    }
}
