package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import cofre.process.ProgramResult;
import cofre.process.ProgramResult.Ending;
import cofre.source.Frozen;
import cofre.source.SnapshotSource.Request;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedZfs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZfsSourceTest {
    private static final String NAME = "cofre-20261121T101500Z";

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00.900Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final ZfsSource source = new ZfsSource(zfs, zfs, clock, clock::advance, Duration.ofSeconds(5));
    private final OwnSnapshots own = new OwnSnapshots(zfs, Duration.ofSeconds(5));
    private final Request obras = request("obras", "tank/obras", "/tank/obras");
    private final Request saude = request("saude", "tank/my saude", "/tank/my saude");

    ZfsSourceTest() {
        zfs.create("tank");
        zfs.create("tank/obras").tree().dir("2026").file("plan.txt", "one");
        zfs.create("tank/my saude").tree().file("b.txt", "two");
        zfs.create("lake/arquivo");
    }

    @Test
    void freezesAllDatasetsOfAPoolInOneCommand() throws Exception {
        List<Frozen> views = source.freeze(List.of(obras, saude), "run-1");

        assertThat(verbs("snapshot"))
                .containsExactly(List.of(
                        "snapshot",
                        "-o",
                        "cofre:run=run-1",
                        "-o",
                        "cofre:point=20261121T101500Z",
                        "tank/my saude@" + NAME,
                        "tank/obras@" + NAME));
        assertThat(verbs("hold"))
                .containsExactly(List.of("hold", "cofre:run", "tank/my saude@" + NAME, "tank/obras@" + NAME));
        assertThat(views).extracting(Frozen::label).containsExactly("tank/obras@" + NAME, "tank/my saude@" + NAME);
        assertThat(views.get(0).time()).isEqualTo(Instant.parse("2026-11-21T10:15:00Z"));
        assertThat(views.get(0).viewId()).isEqualTo(zfs.dataset("tank/obras").guidOf(NAME));
        assertThat(views.get(0).source().guid())
                .hasValue(zfs.dataset("tank/obras").guid());
    }

    @Test
    void freezesOnceForTwoSharesOfOneDataset() throws Exception {
        Request below = request("2026", "tank/obras", "/tank/obras/2026");

        List<Frozen> views = source.freeze(List.of(obras, below), "run-1");

        assertThat(views.get(0).viewId()).isEqualTo(views.get(1).viewId());
        try (SourceDir root = views.get(1).openRoot()) {
            assertThat(root.list()).extracting(e -> e.name().toString()).containsExactly("plan.txt");
        }
    }

    @Test
    void tellsWhereItsSnapshotsCanBeSeen() throws Exception {
        Request below = request("2026", "tank/obras", "/tank/obras/2026");
        Frozen view = source.freeze(List.of(below), "run-1").get(0);
        zfs.snapshot("tank/obras", "manual", Map.of());

        assertThat(source.tidy(below, Surplus.allButNewest(1000)).visible())
                .containsExactly(new VisibleView(
                        view.viewId(),
                        Instant.parse("2026-11-21T10:15:00Z"),
                        RawPath.ofDisplay("/tank/obras/.zfs/snapshot/" + NAME + "/2026")));
    }

    @Test
    void takesTheNextFreeSecondWhenANameIsTaken() throws Exception {
        zfs.snapshot("tank/my saude", NAME, Map.of());
        zfs.snapshot("tank/obras", "cofre-20261121T101501Z", Map.of());

        List<Frozen> views = source.freeze(List.of(obras, saude), "run-1");

        assertThat(views)
                .extracting(Frozen::label)
                .containsExactly("tank/obras@cofre-20261121T101502Z", "tank/my saude@cofre-20261121T101502Z");
    }

    @Test
    void freezesNothingWhenASecondPoolRefuses() {
        Request other = request("arquivo", "lake/arquivo", "/lake/arquivo");
        zfs.answerOnce(
                a -> a.get(0).equals("snapshot") && a.toString().contains("tank"),
                SimulatedZfs.failed("cannot create snapshots : out of space"));

        assertThatThrownBy(() -> source.freeze(List.of(obras, other), "run-1"))
                .isInstanceOf(SourceException.NoSpace.class);

        assertThat(zfs.dataset("lake/arquivo").snapshots()).isEmpty();
        assertThat(zfs.dataset("tank/obras").snapshots()).isEmpty();
    }

    @Test
    void leavesNoSnapshotBehindThatCannotBeHeld() {
        zfs.answerOnce(
                a -> a.get(0).equals("hold"),
                SimulatedZfs.failed("cannot hold snapshot 'tank/obras@" + NAME + "': permission denied"));

        assertThatThrownBy(() -> source.freeze(List.of(obras), "run-1"))
                .isInstanceOf(SourceException.Refused.class)
                .hasMessageContaining("zfs allow");

        assertThat(zfs.dataset("tank/obras").snapshots()).isEmpty();
    }

    @Test
    void settlingHoldsTheNewViewAndReleasesTheOldOnes() throws Exception {
        Frozen first = source.freeze(List.of(obras), "run-1").get(0);
        clock.advance(Duration.ofHours(1));
        Frozen second = source.freeze(List.of(obras), "run-2").get(0);
        zfs.snapshot("tank/obras", "manual", Map.of());
        zfs.dataset("tank/obras").holds("manual").add("cofre:run");
        zfs.dataset("tank/obras").holds(NAME).add("zrepl");

        source.settle(second);

        assertThat(zfs.dataset("tank/obras").holds(NAME)).containsExactly("zrepl");
        assertThat(zfs.dataset("tank/obras").holds("cofre-20261121T111500Z")).containsExactly("cofre:run");
        assertThat(zfs.dataset("tank/obras").holds("manual")).containsExactly("cofre:run");
        source.abandon(first);
        source.abandon(second);
        assertThat(zfs.dataset("tank/obras").holds("cofre-20261121T111500Z")).isEmpty();
    }

    @Test
    void followsADatasetThatIsRenamedDuringTheRun() throws Exception {
        Frozen view = source.freeze(List.of(obras), "run-1").get(0);
        zfs.rename("tank/obras", "tank/works");

        view.verifyStillThere();
        source.settle(view);

        assertThat(view.label()).isEqualTo("tank/works@" + NAME);
        assertThat(zfs.dataset("tank/works").holds(NAME)).containsExactly("cofre:run");
    }

    @Test
    void findsARenamedDatasetByItsGuid() throws Exception {
        String guid = zfs.dataset("tank/obras").guid();
        zfs.rename("tank/obras", "tank/works");
        zfs.create("tank/obras");

        assertThat(source.identify(request("obras", guid, "/tank/works")).name())
                .isEqualTo("tank/works");
        assertThat(source.identify(obras).identity()).isNotEqualTo(guid);
    }

    @Test
    void noticesThatTheDatasetWasReplacedWhileFreezing() {
        zfs.beforeNext(a -> a.get(0).equals("snapshot"), () -> {
            zfs.vanish("tank/obras");
            zfs.create("tank/obras");
        });

        assertThatThrownBy(() -> source.freeze(List.of(obras), "run-1"))
                .isInstanceOf(SourceException.DatasetGone.class)
                .hasMessageContaining("a moment ago");
    }

    @Test
    void noticesThatTheViewIsGone() throws Exception {
        Frozen view = source.freeze(List.of(obras), "run-1").get(0);
        zfs.vanish("tank/obras");
        zfs.create("tank/obras");
        zfs.snapshot("tank/obras", NAME, Map.of("cofre:run", "run-9", "cofre:point", "20261121T101500Z"));

        assertThatThrownBy(view::verifyStillThere).isInstanceOf(SourceException.DatasetGone.class);
        assertThatThrownBy(view::openRoot).isInstanceOf(SourceException.DatasetGone.class);
    }

    @Test
    void noticesASnapshotOfTheSameNameThatIsAnotherOne() throws Exception {
        Frozen view = source.freeze(List.of(obras), "run-1").get(0);
        zfs.snapshot("tank/obras", NAME, Map.of("cofre:run", "run-9", "cofre:point", "20261121T101500Z"));

        assertThatThrownBy(view::openRoot).isInstanceOf(SourceException.SnapshotGone.class);
        assertThatThrownBy(() -> source.settle(view)).isInstanceOf(SourceException.SnapshotGone.class);
    }

    @Test
    void waitsForASnapshotThatIsMountedLate() throws Exception {
        Frozen view = source.freeze(List.of(obras), "run-1").get(0);
        zfs.mountsLag(5);

        try (SourceDir root = view.openRoot()) {
            assertThat(root.list()).hasSize(1);
        }
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-21T10:15:02.150Z"));
    }

    @Test
    void givesUpAfterTenSecondsAndNeverReadsTheLiveTree() throws Exception {
        Frozen view = source.freeze(List.of(obras), "run-1").get(0);
        zfs.showsLiveTreeInstead();

        assertThatThrownBy(view::openRoot).isInstanceOf(SourceException.SnapshotGone.class);
        assertThat(clock.instant()).isBefore(Instant.parse("2026-11-21T10:15:11Z"));
        assertThat(zfs.dataset("tank/obras").tree().openHandles()).isZero();
    }

    @Test
    void closesWhatItOpenedOnTheWayDown() throws Exception {
        Request below = request("2026", "tank/obras", "/tank/obras/2026");
        Frozen view = source.freeze(List.of(below), "run-1").get(0);
        Frozen lost = source.freeze(List.of(request("x", "tank/obras", "/tank/obras/2026/no")), "run-2")
                .get(0);

        assertThatThrownBy(lost::openRoot)
                .isInstanceOf(SourceException.NotReady.class)
                .hasMessageContaining("/2026/no");
        try (SourceDir root = view.openRoot()) {
            assertThat(zfs.dataset("tank/obras").tree().openHandles()).isEqualTo(1);
            assertThat(root.stat().mode()).isEqualTo(0755);
        }
        assertThat(zfs.dataset("tank/obras").tree().openHandles()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "mounted, no, is not mounted, zfs mount tank/obras",
        "keystatus, unavailable, key is not loaded, zfs load-key tank/obras",
        "mountpoint, legacy, mountpoint is legacy, zfs set mountpoint=/tank/obras tank/obras",
        "mountpoint, none, mountpoint is none, zfs set mountpoint=/tank/obras tank/obras",
        "mountpoint, /srv, is mounted at /srv vs the share's path /tank/obras, correct",
        "mountpoint, /tank/obras/sub, does not lie below, correct",
        "snapdir, disabled, snapdir is disabled, zfs set snapdir=hidden tank/obras",
        "type, volume, it is a volume vs a file system, name a file system",
    })
    void saysWhyADatasetCannotBeFrozen(String property, String value, String actual, String remedy) {
        zfs.dataset("tank/obras").set(property, value);

        assertThatThrownBy(() -> source.identify(obras))
                .isInstanceOf(SourceException.NotReady.class)
                .hasMessageStartingWith("cannot take a snapshot of dataset tank/obras for share obras: ")
                .hasMessageContaining(actual)
                .hasMessageContaining("; no snapshot was taken; ")
                .hasMessageContaining(remedy);
        assertThat(zfs.dataset("tank/obras").snapshots()).isEmpty();
    }

    @Test
    void refusesAShareThatLiesInAChildDataset() {
        zfs.create("tank/obras/2026");

        assertThatThrownBy(() -> source.identify(request("x", "tank/obras", "/tank/obras/2026/jan")))
                .isInstanceOf(SourceException.NotReady.class)
                .hasMessageContaining("lies in the dataset tank/obras/2026 below it vs in tank/obras itself");
    }

    @Test
    void aMountPointMayHoldAnyBytes() throws Exception {
        zfs.dataset("tank/obras").set("mountpoint", "/tank/a\tb\nc\u00e9");

        Frozen view = source.freeze(List.of(request("x", "tank/obras", "/tank/a\\x09b\\x0ac\\xe9/2026")), "run-1")
                .get(0);

        try (SourceDir root = view.openRoot()) {
            assertThat(root.list()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cannot open 'tank/obras': dataset does not exist, DatasetGone",
        "cannot create snapshots : permission denied, Refused",
        "Permission denied the ZFS utilities must be run as root., Refused",
        "cannot create snapshots : out of space, NoSpace",
        "cannot create snapshots : pool I/O is currently suspended, NotReady",
        "cannot create snapshots : I/O error, NotReady",
        "cannot create snapshots : pool is read-only, NotReady",
        "cannot create snapshots : dataset is busy, NotReady",
        "The ZFS modules cannot be auto-loaded., ToolFailed",
        "something nobody has ever seen, ToolFailed",
    })
    void tellsTheCausesOfARefusedSnapshotApart(String stderr, String error) {
        zfs.answerOnce(a -> a.get(0).equals("snapshot"), SimulatedZfs.failed(stderr));

        assertThatThrownBy(() -> source.freeze(List.of(obras), "run-1"))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(error))
                .hasMessageStartingWith("cannot take snapshot tank/obras@" + NAME)
                .hasMessageContaining(stderr);
    }

    @Test
    void aNameIsNoExplanation() {
        zfs.create("tank/unmounted out of space");
        zfs.answerOnce(
                a -> a.get(0).equals("snapshot"),
                SimulatedZfs.failed("cannot create snapshot 'tank/unmounted out of space@" + NAME + "': boom"));

        assertThatThrownBy(() -> source.freeze(
                        List.of(request("x", "tank/unmounted out of space", "/tank/unmounted out of space")), "run-1"))
                .isInstanceOf(SourceException.ToolFailed.class);
    }

    @Test
    void believesNoAnswerThatIsNotWhole() {
        ProgramResult half = new ProgramResult(Ending.EXITED, 0, "tank/obras\t123\tfilesys", true, "");
        ProgramResult hung = new ProgramResult(Ending.TIMED_OUT, -1, "", false, "");
        ProgramResult cut = new ProgramResult(Ending.EXITED, 0, "tank/obras\t1\n", false, "");
        ProgramResult noise = new ProgramResult(Ending.EXITED, 0, "hello\n", true, "");
        ProgramResult empty = new ProgramResult(Ending.EXITED, 0, "", true, "");
        for (ProgramResult bad : List.of(half, hung, cut, noise, empty)) {
            zfs.answerOnce(a -> a.get(0).equals("list"), bad);

            assertThatThrownBy(() -> source.identify(obras))
                    .isInstanceOfAny(SourceException.ToolFailed.class, SourceException.NotReady.class);
        }
    }

    @Test
    void asksZfsForNoNameThatIsNone() {
        for (String name : List.of("-r", "", "tank/", "tank@x", "/tank", "tank\tx", "tank/açúcar")) {
            assertThatThrownBy(() -> source.identify(request("x", name, "/x")))
                    .isInstanceOf(SourceException.DatasetGone.class);
        }
        assertThat(zfs.calls()).isEmpty();
    }

    @Test
    void listsDatasetsWithWhatMatters() throws Exception {
        zfs.dataset("tank/obras").set("encryption", "aes-256-gcm").set("keystatus", "unavailable");

        List<Dataset> all = new Datasets(zfs, Duration.ofSeconds(5)).all();

        assertThat(all)
                .extracting(Dataset::name)
                .containsExactly("lake/arquivo", "tank", "tank/my saude", "tank/obras");
        assertThat(all.get(3).isLocked()).isTrue();
        assertThat(all.get(3).mountPoint()).hasValue(RawPath.ofDisplay("/tank/obras"));
        assertThat(own.of(source.identify(saude))).isEmpty();
    }

    private List<List<String>> verbs(String verb) {
        return zfs.calls().stream().filter(c -> c.get(0).equals(verb)).toList();
    }

    private static Request request(String share, String dataset, String root) {
        return new Request(share, dataset, RawPath.ofDisplay(root));
    }
}
