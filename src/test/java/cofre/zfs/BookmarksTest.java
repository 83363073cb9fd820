package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import cofre.source.Frozen;
import cofre.source.SnapshotSource.Request;
import cofre.source.SourceException;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedDataset;
import cofre.testkit.SimulatedZfs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BookmarksTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final Set<String> needed = new HashSet<>();
    private final List<SourceException> trouble = new ArrayList<>();
    private final ZfsSource source =
            new ZfsSource(zfs, zfs, clock, clock::advance, DEADLINE, s -> Set.copyOf(needed), trouble::add);
    private final SimulatedDataset dataset = zfs.create("tank/obras");

    @Test
    void bookmarksTheSettledViewAndDropsTheOneBefore() throws Exception {
        Frozen first = settled();
        assertThat(dataset.bookmarks()).containsExactly(name(first));

        Frozen second = settled();

        assertThat(dataset.bookmarks()).containsExactly(name(second));
        assertThat(trouble).isEmpty();
    }

    @Test
    void settlingAgainChangesNothing() throws Exception {
        Frozen view = settled();
        long before =
                zfs.calls().stream().filter(a -> a.get(0).equals("bookmark")).count();

        source.settle(view);

        assertThat(dataset.bookmarks()).containsExactly(name(view));
        assertThat(zfs.calls().stream().filter(a -> a.get(0).equals("bookmark")))
                .hasSize((int) before);
    }

    @Test
    void keepsTheBookmarksOfViewsThatAreNeeded() throws Exception {
        Frozen first = settled();
        needed.add(first.viewId());

        Frozen second = settled();
        assertThat(dataset.bookmarks()).containsExactly(name(first), name(second));
        source.forget(first.source(), Set.of(first.viewId()));
        assertThat(dataset.bookmarks()).hasSize(2);

        needed.clear();
        source.settle(second);
        assertThat(dataset.bookmarks()).containsExactly(name(second));
    }

    @Test
    void neverTouchesBookmarksThatAreNotProvenOurs() throws Exception {
        Frozen first = settled();
        zfs.snapshot("tank/obras", "manual", Map.of());
        bookmark("manual", "manual");
        bookmark("manual", "cofre-20200101T000000Z"); // our form, somebody's snapshot
        bookmark(name(first), "mine"); // our snapshot, somebody's name

        Frozen second = settled();

        assertThat(dataset.bookmarks()).containsExactly("manual", "cofre-20200101T000000Z", "mine", name(second));
    }

    @Test
    void forgetsTheBookmarkOfADestroyedViewWhenToldTo() throws Exception {
        Frozen first = settled();
        zfs.run(List.of("release", "cofre:run", first.label()), DEADLINE);
        zfs.run(List.of("destroy", first.label()), DEADLINE);
        Frozen second = settled();
        assertThat(dataset.bookmarks()).containsExactly(name(first), name(second));

        source.forget(second.source(), Set.of(first.viewId()));

        assertThat(dataset.bookmarks()).containsExactly(name(second));
    }

    @Test
    void aBookmarkThatCannotBeMadeIsToldOnceAndIsNoError() throws Exception {
        for (int i = 0; i < 2; i++) {
            zfs.answerOnce(
                    a -> a.get(0).equals("bookmark"),
                    SimulatedZfs.failed("cannot create bookmark 'tank/obras#x': permission denied"));
        }

        settled();
        Frozen second = settled();

        assertThat(trouble).hasSize(1);
        assertThat(trouble.get(0))
                .isInstanceOf(SourceException.Refused.class)
                .hasMessageContaining("cannot bookmark snapshot tank/obras@cofre-")
                .hasMessageContaining(",bookmark ");
        assertThat(dataset.holds(name(second))).containsExactly("cofre:run");
    }

    @Test
    void forgettingSaysWhatWentWrong() throws Exception {
        Frozen first = settled();
        zfs.destroy("tank/obras", name(first));
        settled();
        zfs.answerOnce(a -> a.get(0).equals("destroy"), SimulatedZfs.failed("permission denied"));

        assertThatThrownBy(() -> source.forget(first.source(), Set.of(first.viewId())))
                .isInstanceOf(SourceException.Refused.class);
    }

    private void bookmark(String snapshot, String name) {
        assertThat(zfs.run(List.of("bookmark", "tank/obras@" + snapshot, "tank/obras#" + name), DEADLINE)
                        .isSuccess())
                .isTrue();
    }

    private Frozen settled() throws SourceException {
        clock.advance(Duration.ofSeconds(10));
        Request request = new Request("obras", "tank/obras", RawPath.ofDisplay("/tank/obras"));
        Frozen view = source.freeze(List.of(request), "run-1").get(0);
        source.settle(view);
        return view;
    }

    private static String name(Frozen view) {
        return view.label().substring(view.label().indexOf('@') + 1);
    }
}
