package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.process.Program;
import cofre.process.ProgramResult;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SnapshotSource.Request;
import cofre.source.SnapshotSourceContract;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.walk.PosixTree;
import cofre.zfs.OwnSnapshots.Outcome;
import cofre.zfs.ZfsFault.Subject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The contract of a source, and what only the real thing can prove, against real OpenZFS: as root,
 * {@code java -cp ... cofre.zfs.RealZfsCheck POOL}. Makes and destroys datasets below {@code POOL/cofre-check}. Ends with
 * status 0 when all is well. Not run by the build: it needs ZFS.
 */
public final class RealZfsCheck extends SnapshotSourceContract {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ZfsRunner runner = new ZfsCommand(ZfsCommand.find().orElseThrow());
    private final Zfs zfs = new Zfs(runner, DEADLINE);
    private final PosixTree trees = new PosixTree(Posix.load(System::nanoTime));
    private final ZfsSource source =
            new ZfsSource(runner, trees, Clock.systemUTC(), d -> LockSupport.parkNanos(d.toNanos()), DEADLINE);
    private final OwnSnapshots own = new OwnSnapshots(runner, DEADLINE);
    private final String top;
    private final String dataset;
    private final String mountPoint;

    private RealZfsCheck(String pool) {
        top = pool + "/cofre-check";
        dataset = top + "/my obras";
        mountPoint = "/" + dataset;
    }

    /** Runs everything; prints a line for each. */
    public static void main(String[] args) throws Exception {
        int failures = 0;
        int count = 0;
        for (Method method : RealZfsCheck.class.getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                count++;
                failures += new RealZfsCheck(args[0]).passes(method) ? 0 : 1;
            }
        }
        System.out.println(count + " checks, " + failures + " failed");
        System.exit(failures == 0 && count > 6 ? 0 : 1);
    }

    private boolean passes(Method method) throws Exception {
        setUp();
        try {
            method.invoke(this);
            System.out.println("ok    " + method.getName());
            return true;
        } catch (InvocationTargetException e) {
            System.out.println("FAIL  " + method.getName());
            e.getCause().printStackTrace(System.out);
            return false;
        } finally {
            tearDown();
        }
    }

    private void setUp() throws Exception {
        zfs("create", top);
        zfs("create", dataset);
        Files.createDirectory(Path.of(mountPoint, "share"));
    }

    private void tearDown() {
        String held = zfs("list", "-Hr", "-t", "snapshot", "-o", "name,userrefs", top);
        for (String line : held.split("\n", -1)) {
            String[] row = line.split("\t", -1);
            if (row.length == 2 && !row[1].equals("0")) {
                for (String hold : zfs("holds", "-H", row[0]).strip().split("\n", -1)) {
                    zfs("release", hold.split("\t", -1)[1], row[0]);
                }
            }
        }
        zfs("destroy", "-R", top);
    }

    @Override
    protected SnapshotSource source() {
        return source;
    }

    @Override
    protected Request request() {
        return share(dataset, mountPoint + "/share");
    }

    @Override
    protected Request missing() {
        return share(top + "/gone", "/gone");
    }

    @Override
    protected void writeLive(String name, String text) throws Exception {
        Files.writeString(Path.of(mountPoint, "share", name), text);
    }

    @Test
    public void freezesDatasetsInOneTransaction() throws Exception {
        zfs("create", top + "/two");
        List<Frozen> views = source.freeze(List.of(request(), share(top + "/two", "/" + top + "/two")), "run-1");

        assertThat(get("createtxg", views.get(0).label()))
                .isEqualTo(get("createtxg", views.get(1).label()));
        assertThat(get("guid", views.get(0).label())).isEqualTo(views.get(0).viewId());
        assertThat(get("creation", views.get(0).label()))
                .isEqualTo(String.valueOf(views.get(0).time().getEpochSecond()));
        assertThat(get("cofre:run", views.get(1).label())).isEqualTo("run-1");
    }

    @Test
    public void twoSnapshotsInARowHaveTwoNames() throws Exception {
        Frozen first = source.freeze(List.of(request()), "run-1").get(0);
        Frozen second = source.freeze(List.of(request()), "run-2").get(0);

        assertThat(second.label()).isNotEqualTo(first.label());
        assertThat(own.of(first.source())).extracting(OwnSnapshot::runId).containsExactly("run-1", "run-2");
        assertThat(source.tidy(request(), Surplus.allButNewest(1000)).visible())
                .hasSize(2)
                .allSatisfy(
                        v -> assertThat(Files.isDirectory(Path.of(v.directory().toString())))
                                .isTrue());
    }

    @Test
    public void aHeldViewWithstandsTheAdministrator() throws Exception {
        Frozen view = source.freeze(List.of(request()), "run-1").get(0);

        assertThat(zfs.call(List.of("destroy", view.label())).is(ZfsFault.HELD))
                .as(zfs.call(List.of("destroy", view.label())).result().story())
                .isTrue();
        source.settle(view);
        assertThat(own.destroy(own.of(view.source()).get(0))).isEqualTo(Outcome.HELD);
        source.abandon(view);
        assertThat(own.destroy(own.of(view.source()).get(0))).isEqualTo(Outcome.DESTROYED);
        assertThatThrownBy(view::verifyStillThere).isInstanceOf(SourceException.SnapshotGone.class);
        assertThatThrownBy(() -> source.settle(view)).isInstanceOf(SourceException.SnapshotGone.class);
    }

    @Test
    public void settlingReleasesTheOlderViews() throws Exception {
        Frozen first = source.freeze(List.of(request()), "run-1").get(0);
        Frozen second = source.freeze(List.of(request()), "run-2").get(0);
        source.settle(second);

        assertThat(own.of(first.source())).extracting(OwnSnapshot::isHeldByUs).containsExactly(false, true);
        List<OwnSnapshot> all = own.of(first.source());
        assertThat(own.thin(all, Surplus.allButNewest(1).of(all, Set.of())).destroyed())
                .extracting(OwnSnapshot::runId)
                .containsExactly("run-1");
    }

    @Test
    public void destroysASnapshotThatWasRead() throws Exception {
        Frozen view = source.freeze(List.of(request()), "run-1").get(0);
        try (SourceDir root = view.openRoot()) {
            assertThat(root.list()).isEmpty();
        }
        source.abandon(view);

        assertThat(own.destroy(own.of(view.source()).get(0))).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    public void aSnapshotBeingReadIsBusyOrGone() throws Exception {
        Frozen view = source.freeze(List.of(request()), "run-1").get(0);
        source.abandon(view);
        try (SourceDir root = view.openRoot()) {
            OwnSnapshot snapshot = own.of(view.source()).get(0);
            // Linux refuses, FreeBSD unmounts by force.
            assertThat(own.destroy(snapshot)).isIn(Outcome.BUSY, Outcome.DESTROYED);
            assertThat(root).isNotNull();
        }
    }

    @Test
    public void knowsOnlySnapshotsThatCarryItsMarksThemselves() throws Exception {
        SourceId id = source.identify(request());
        zfs("set", "cofre:run=run-1", dataset);
        zfs("set", "cofre:point=20200101T000000Z", dataset);
        zfs("snapshot", dataset + "@cofre-20200101T000000Z");
        zfs("snapshot", "-o", "cofre:run=run-1", "-o", "cofre:point=20200101T000001Z", dataset + "@other");
        zfs("rename", dataset + "@other", dataset + "@cofre-20200101T000002Z");
        assertThat(own.of(id)).isEmpty();
        for (String name : List.of("cofre-20200101T000000Z", "cofre-20200101T000002Z")) {
            OwnSnapshot alleged = new OwnSnapshot(
                    dataset + "@" + name,
                    dataset,
                    get("guid", dataset + "@" + name),
                    1,
                    java.time.Instant.EPOCH,
                    "run-1",
                    0,
                    false);
            assertThatThrownBy(() -> own.destroy(alleged)).isInstanceOf(SourceException.Refused.class);
        }
    }

    @Test
    public void followsARenamedDataset() throws Exception {
        SourceId before = source.identify(request());
        Frozen view = source.freeze(List.of(request()), "run-1").get(0);
        zfs("rename", dataset, top + "/works");

        view.verifyStillThere();
        source.settle(view);
        assertThat(view.label()).startsWith(top + "/works@cofre-");
        Request renamed = share(before.identity(), "/" + top + "/works/share");
        assertThat(source.identify(renamed).isSameAs(before)).isTrue();
    }

    @Test
    public void neverTakesTheLiveTreeForASnapshot() {
        Optional<String> wanted = Optional.of(dataset + "@cofre-20200101T000000Z");
        assertThatThrownBy(() -> trees.open(RawPath.ofDisplay(mountPoint), wanted, "x"))
                .isInstanceOf(SourceException.SnapshotGone.class)
                .hasMessageContaining("mounted there is " + dataset + " vs");
        assertThatThrownBy(() -> trees.open(RawPath.ofDisplay(mountPoint + "/.zfs/snapshot/none"), wanted, "x"))
                .isInstanceOf(SourceException.SnapshotGone.class);
    }

    @Test
    public void saysWhyADatasetCannotBeFrozen() throws Exception {
        zfs("create", dataset + "/child");
        notReady(share(dataset, mountPoint + "/child/x"), "lies in the dataset " + dataset + "/child below it");
        notReady(share(dataset, "/elsewhere"), "does not lie below");
        zfs("unmount", dataset + "/child");
        zfs("unmount", dataset);
        notReady(request(), "is not mounted");
        zfs("set", "mountpoint=legacy", dataset);
        notReady(request(), "mountpoint is legacy");
        zfs("set", "mountpoint=none", dataset);
        notReady(request(), "mountpoint is none");
        zfs("create", "-V", "8M", top + "/volume");
        notReady(share(top + "/volume", "/x"), "it is a volume");
        Path key = Files.createTempFile("key", "");
        Files.writeString(key, "a".repeat(32));
        zfs("create", "-o", "encryption=on", "-o", "keyformat=raw", "-o", "keylocation=file://" + key, top + "/locked");
        source.identify(share(top + "/locked", "/" + top + "/locked"));
        zfs("unmount", top + "/locked");
        zfs("unload-key", top + "/locked");
        notReady(share(top + "/locked", "/" + top + "/locked"), "key is not loaded");
    }

    @Test
    public void understandsTheMessagesOfThisVersion() {
        String snapshot = dataset + "@x";
        zfs("snapshot", snapshot);
        zfs("hold", "tag", snapshot);
        fault(ZfsFault.EXISTS, "snapshot", snapshot);
        fault(ZfsFault.TAG_EXISTS, "hold", "tag", snapshot);
        fault(ZfsFault.HELD, "destroy", snapshot);
        zfs("release", "tag", snapshot);
        fault(ZfsFault.NO_SUCH_TAG, "release", "tag", snapshot);
        fault(ZfsFault.NO_SUCH, "snapshot", top + "/none@x");
        fault(ZfsFault.NO_SUCH, "list", "-Hp", "nosuchpool");
        fault(ZfsFault.NO_SUCH, "get", "-Hp", "guid", dataset + "@none");
        fault(ZfsFault.NO_SUCH, "destroy", dataset + "@none");
        fault(ZfsFault.NO_SUCH, "hold", "tag", dataset + "@none");
        fault(ZfsFault.NO_SUCH, "holds", "-H", dataset + "@none");
        zfs("clone", snapshot, top + "/clone");
        fault(ZfsFault.BUSY, "destroy", snapshot);
        assertThatThrownBy(() -> zfs.call(List.of("list", top + "/none")).orThrow("list", Subject.DATASET))
                .isInstanceOf(SourceException.DatasetGone.class);
    }

    @Test
    public void understandsThatItMayNot() {
        ProgramResult result = new Program(Path.of("/usr/bin/setpriv"))
                .run(List.of("--reuid=65534", "--clear-groups", "/usr/sbin/zfs", "snapshot", dataset + "@x"), DEADLINE);

        assertThat(ZfsFault.of(result, List.of(dataset + "@x")))
                .as(result.story())
                .contains(ZfsFault.DENIED);
    }

    private void fault(ZfsFault expected, String... arguments) {
        Zfs.Answer answer = zfs.call(List.of(arguments));
        assertThat(answer.fault())
                .as(Arrays.toString(arguments) + " gave " + answer.result().story())
                .contains(expected);
    }

    private void notReady(Request request, String why) {
        assertThatThrownBy(() -> source.identify(request))
                .isInstanceOf(SourceException.NotReady.class)
                .hasMessageContaining(why);
    }

    private static Request share(String dataset, String root) {
        return new Request("share", dataset, RawPath.ofDisplay(root));
    }

    private String get(String property, String name) {
        return zfs("get", "-Hp", "-o", "value", property, name).strip();
    }

    private String zfs(String... arguments) {
        ProgramResult result = runner.run(List.of(arguments), DEADLINE);
        if (!result.isSuccess()) {
            throw new IllegalStateException("zfs " + String.join(" ", arguments) + ": " + result.story());
        }
        return result.out();
    }
}
