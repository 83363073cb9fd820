package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.backup.Detection.Method;
import cofre.process.ProgramResult;
import cofre.source.SourceException;
import cofre.testkit.SimulatedZfs;
import cofre.testkit.zfs.ModelSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The faults Z1 to Z4 and Z9 to Z11 of ZFS, each met by a whole run. */
@Timeout(120)
class ZfsFaultsTest extends FaultyShares {
    private interface Outcome {
        void check(IncrementalWorld world, BackupReport report) throws Exception;
    }

    /** Lets something happen before each {@code step}th call of zfs(8) of a run in turn, until a run ends before it. */
    private void atEachCall(int step, Consumer<IncrementalWorld> event, Outcome ended, Outcome failed)
            throws Exception {
        for (int at = 0; ; at += step) {
            try (IncrementalWorld world = world()) {
                AtomicInteger left = new AtomicInteger(at);
                boolean[] happened = {false};
                world.zfs.beforeNext(call -> left.getAndDecrement() == 0, () -> {
                    happened[0] = true;
                    event.accept(world);
                });
                BackupReport report = null;
                try {
                    report = world.run();
                } catch (SourceException e) {
                    assertThat(world.points()).as("%d: %s", at, e).isEqualTo(1);
                    failed.check(world, null);
                }
                if (report != null) {
                    world.judge(report);
                }
                if (!happened[0]) {
                    assertThat(at).isGreaterThan(10);
                    return;
                }
                if (report != null) {
                    ended.check(world, report);
                }
            }
        }
    }

    @Test
    void z1ABaseThatIsDestroyedNowOrThenCostsNoMoreThanAWalk() throws Exception {
        destroyBase(5);
    }

    @Test
    @Tag("slow")
    void z1ABaseThatIsDestroyedAtAnyMomentCostsNoMoreThanAWalk() throws Exception {
        destroyBase(1);
    }

    private void destroyBase(int step) throws Exception {
        atEachCall(
                step,
                world -> {
                    String base = world.lastView();
                    if (world.dataset.snapshots().contains(base)) {
                        world.destroy(base);
                    }
                },
                (world, report) -> assertThat(world.points()).isEqualTo(2),
                (world, report) -> assertThat(world.dataset.snapshots())
                        .as("only the one run that lost its view as well may fail")
                        .isNotEmpty());
    }

    @Test
    void z1AViewThatIsDestroyedNowOrThenIsInNoPoint() throws Exception {
        destroyView(5);
    }

    @Test
    @Tag("slow")
    void z1AViewThatIsDestroyedAtAnyMomentIsInNoPoint() throws Exception {
        destroyView(1);
    }

    private void destroyView(int step) throws Exception {
        int[] failures = {0};
        atEachCall(
                step,
                world -> {
                    String view = world.newestView();
                    if (!view.equals(world.lastView())) {
                        world.destroy(view);
                    }
                },
                (world, report) -> {},
                (world, report) -> {
                    failures[0]++;
                    assertGoesOn(world, Method.STREAM);
                });
        assertThat(failures[0]).isPositive();
    }

    @Test
    void z1SnapshotsThatAreHeldCannotBeDestroyed() throws Exception {
        try (IncrementalWorld world = world()) {
            String base = "tank/s@" + world.lastView();
            ProgramResult[] answer = new ProgramResult[2];
            world.zfs.beforeNext(call -> call.get(0).equals("send"), () -> {
                answer[0] = world.zfs.run(List.of("destroy", base), Duration.ofMinutes(1));
                answer[1] = world.zfs.run(List.of("destroy", "tank/s@" + world.newestView()), Duration.ofMinutes(1));
            });
            world.judge(world.run());
            assertThat(answer).allSatisfy(refused -> assertThat(refused.err()).contains("it's being held"));
        }
    }

    @Test
    void z2ADatasetThatIsRenamedNowOrThenIsStillTheSame() throws Exception {
        rename(5);
    }

    @Test
    @Tag("slow")
    void z2ADatasetThatIsRenamedAtAnyMomentIsStillTheSame() throws Exception {
        rename(1);
    }

    private void rename(int step) throws Exception {
        int[] points = {0};
        atEachCall(
                step,
                world -> {
                    world.sourceName = world.dataset.guid();
                    world.zfs.rename("tank/s", "tank/t");
                    world.dataset.set("mountpoint", "/tank/s");
                },
                (world, report) -> {
                    points[0]++;
                    world.sourceName = world.dataset.guid();
                    assertGoesOn(world, Method.STREAM);
                },
                (world, report) -> {
                    world.sourceName = world.dataset.guid();
                    assertGoesOn(world, Method.STREAM);
                });
        assertThat(points[0]).isPositive();
    }

    @Test
    void z2ADatasetThatWasRenamedBetweenRunsIsOneSeries() throws Exception {
        try (IncrementalWorld world = world()) {
            world.sourceName = world.dataset.guid();
            LastRun last = world.last.orElseThrow();
            world.zfs.rename("tank/s", "lake/works");
            world.dataset.set("mountpoint", "/tank/s");
            BackupReport report = world.judge(world.run());
            assertThat(report.detection().method()).isEqualTo(Method.STREAM);
            assertThat(report.parent()).hasValue(last.point());
            assertThat(report.label()).startsWith("lake/works@");
        }
    }

    @Test
    void z3ADatasetThatWasMadeAnewIsWalked() throws Exception {
        try (IncrementalWorld world = world()) {
            world.recreate(ModelSettings.USUAL);
            world.dataset.files().mkdir(path("/d"));
            world.dataset.files().create(path("/d/f"), bytes("another"));
            world.dataset.files().create(path("/h"), bytes("three"));
            BackupReport report = world.judge(world.run());
            assertThat(report.detection().method()).isEqualTo(Method.WALK);
            assertThat(report.detection().why()).contains("another dataset");
            assertGoesOn(world, Method.STREAM);
        }
    }

    @Test
    void z4ADatasetThatWasRolledBackBehindTheLastPointIsWalked() throws Exception {
        try (IncrementalWorld world = world()) {
            String first = world.lastView();
            world.run();
            change(world);
            world.run();
            world.zfs.rollback("tank/s", first);
            change(world);
            BackupReport report = world.judge(world.run());
            assertThat(report.detection().method()).isEqualTo(Method.WALK);
            assertThat(report.detection().why()).contains("is gone");
            assertGoesOn(world, Method.STREAM);
        }
    }

    @Test
    void z4ADatasetThatWasRolledBackToTheLastPointNeedsNoWalk() throws Exception {
        try (IncrementalWorld world = world()) {
            world.run();
            change(world);
            world.zfs.rollback("tank/s", world.lastView());
            BackupReport unchanged = world.judge(world.run());
            assertThat(unchanged.detection().method()).isEqualTo(Method.STREAM);
            assertThat(unchanged.summary().treeBlobs()).isLessThanOrEqualTo(1);
            assertGoesOn(world, Method.STREAM);
        }
    }

    @Test
    void z9NoSpaceForASnapshotOrItsHoldMakesNoPointAndLeavesNothing() throws Exception {
        for (String verb : List.of("snapshot", "hold")) {
            try (IncrementalWorld world = world()) {
                world.zfs.answerOnce(
                        call -> call.get(0).equals(verb), SimulatedZfs.failed("cannot " + verb + ": out of space"));
                List<String> before = List.copyOf(world.dataset.snapshots());
                assertThatThrownBy(world::run)
                        .isInstanceOf(SourceException.NoSpace.class)
                        .hasMessageContaining("free space");
                assertThat(world.dataset.snapshots()).containsExactlyElementsOf(before);
                assertThat(world.points()).isEqualTo(1);
                assertGoesOn(world, Method.STREAM);
            }
        }
    }

    @Test
    void z9NoSpaceForABookmarkIsNoReasonToFail() throws Exception {
        try (IncrementalWorld world = world()) {
            world.zfs.answerOnce(
                    call -> call.get(0).equals("bookmark"),
                    SimulatedZfs.failed("cannot create bookmark: out of space"));
            world.judge(world.run());
            assertGoesOn(world, Method.STREAM);
        }
    }

    @Test
    void z10AViewThatAppearsLateIsWaitedFor() throws Exception {
        try (IncrementalWorld world = world()) {
            world.zfs.mountsLag(7);
            assertThat(world.judge(world.run()).detection().method()).isEqualTo(Method.STREAM);
        }
    }

    @Test
    void z10AViewThatNeverAppearsMakesNoPoint() throws Exception {
        try (IncrementalWorld world = world()) {
            world.zfs.mountsLag(40);
            assertThatThrownBy(world::run).isInstanceOf(SourceException.SnapshotGone.class);
            assertThat(world.points()).isEqualTo(1);
            assertGoesOn(world, Method.STREAM);
        }
    }

    @Test
    void z10TheLiveTreeIsNeverTakenForAView() throws Exception {
        try (IncrementalWorld world = world()) {
            world.zfs.showsLiveTreeInstead();
            for (DetectionRules.Wanted wanted : DetectionRules.Wanted.values()) {
                assertThatThrownBy(() -> world.run(IncrementalWorld.RULES.with(wanted)))
                        .isInstanceOf(SourceException.SnapshotGone.class);
            }
            assertThat(world.points()).isEqualTo(1);
            assertThat(world.held()).containsExactly(world.lastView());
        }
    }

    @Test
    void z11DatasetsBelowAreLeftAlone() throws Exception {
        try (IncrementalWorld world = world()) {
            world.zfs.create("tank/s/child", ModelSettings.USUAL).files().create(path("/inside"), bytes("x"));
            assertThat(world.judge(world.run()).detection().method()).isEqualTo(Method.STREAM);
            assertThat(world.zfs.dataset("tank/s/child").snapshots()).isEmpty();
        }
    }

    @Test
    void z11ADatasetWhoseCloneWasPromotedGoesOnFromItsBookmark() throws Exception {
        try (IncrementalWorld world = world()) {
            world.zfs.create("tank/clone", ModelSettings.USUAL);
            world.zfs.promote("tank/s", "tank/clone");
            BackupReport report = world.judge(world.run());
            assertThat(report.detection().method()).as(report.detection().why()).isEqualTo(Method.STREAM);
            assertGoesOn(world, Method.STREAM);
            world.zfs.promote("tank/s", "tank/clone");
            for (String bookmark : world.dataset.bookmarks()) {
                world.zfs.run(List.of("destroy", "tank/s#" + bookmark), Duration.ofMinutes(1));
            }
            report = world.judge(world.run());
            assertThat(report.detection().why()).contains("there is no bookmark of it");
        }
    }
}
