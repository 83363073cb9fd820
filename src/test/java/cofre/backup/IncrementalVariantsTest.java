package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.RewrittenIndex;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.zfs.EditScript;
import cofre.testkit.zfs.EditScripts;
import cofre.testkit.zfs.ModelSettings;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link IncrementalTest} shows for a share that is a whole dataset, for others, and when something is in the way. */
@Timeout(300)
class IncrementalVariantsTest {
    private static final int ROUNDS = 5;
    private static final String ROOT = "/tank/s";

    /** In how many worlds each is shown. */
    int worldCount() {
        return 2;
    }

    /** Happens in a world. */
    private interface Event {
        void happen(IncrementalWorld world, Random random) throws Exception;
    }

    @TempDir
    Path dir;

    private int worlds;

    /** Plays random scripts in worlds; {@code before} happens before each run but the first. Gives how runs went. */
    private List<Detection> play(String root, Event begin, Event before) throws Exception {
        List<Detection> went = new ArrayList<>();
        for (long seed = 0; seed < worldCount(); seed++) {
            Random random = new Random(seed);
            RawPath inside = RawPath.ofDisplay(root.substring(ROOT.length()) + "/");
            List<EditScript> scripts = root.equals(ROOT)
                    ? EditScripts.of(seed, 20_000, ROUNDS, 14)
                    : EditScripts.around(inside, seed, 20_000, ROUNDS, 14);
            Path home = Files.createDirectory(dir.resolve("w" + worlds++));
            try (IncrementalWorld world = new IncrementalWorld(home, ModelSettings.random(random), root)) {
                begin.happen(world, random);
                for (int round = 0; round < scripts.size(); round++) {
                    world.play(scripts.get(round));
                    world.ensureRoot();
                    if (round > 0) {
                        before.happen(world, random);
                    }
                    BackupReport report = world.run();
                    assertThat(world.difference(report))
                            .as("seed %d round %d", seed, round)
                            .isEmpty();
                    if (round > 0) {
                        went.add(report.detection());
                    }
                }
            }
        }
        return went;
    }

    private static void nothing(IncrementalWorld world, Random random) {}

    private static void assertNoWalks(List<Detection> went) {
        assertThat(went).extracting(Detection::method).containsOnly(Detection.Method.STREAM);
    }

    /** Every run walked, for this reason. */
    private static void assertWalks(List<Detection> went, String why) {
        assertThat(went).allSatisfy(detection -> {
            assertThat(detection.method()).isEqualTo(Detection.Method.WALK);
            assertThat(detection.why()).contains(why);
        });
    }

    @Test
    void sharesOfWhichThingsAreLeftOut() throws Exception {
        List<String> patterns =
                List.of("a", "B*", "/tank/s/c", "/tank/s/*/d", "e*/**/f*", "!/tank/s/g/a", "h?", "/tank/s/i*/j*");
        List<Detection> went = play(
                ROOT,
                (world, random) -> world.excludes = ExcludeRules.of(patterns.stream()
                        .filter(pattern -> random.nextInt(3) > 0)
                        .toList()),
                IncrementalVariantsTest::nothing);
        assertThat(went).filteredOn(d -> d.method() == Detection.Method.WALK).hasSizeLessThan(went.size() / 2);
    }

    @Test
    void sharesThatAreADirectoryOfTheirDataset() throws Exception {
        List<Detection> went = play(ROOT + "/b", IncrementalVariantsTest::nothing, IncrementalVariantsTest::nothing);
        assertThat(went).filteredOn(d -> d.method() == Detection.Method.WALK).hasSizeLessThan(went.size() / 2);
    }

    @Test
    void sharesThatAreADirectoryOfWhichThingsAreLeftOut() throws Exception {
        List<Detection> went = play(
                ROOT + "/b",
                (world, random) -> world.excludes = ExcludeRules.of(List.of("a", "/tank/s/b/c", "D*")),
                IncrementalVariantsTest::nothing);
        assertThat(went).filteredOn(d -> d.method() == Detection.Method.WALK).hasSizeLessThan(went.size() / 2);
    }

    @Test
    void streamsOfMachinesOfTheOtherByteOrder() throws Exception {
        assertNoWalks(play(
                ROOT,
                (world, random) -> world.zfs.changes().sendAs(ByteOrder.BIG_ENDIAN),
                IncrementalVariantsTest::nothing));
    }

    @Test
    void aBaseOfWhichOnlyTheBookmarkIsLeft() throws Exception {
        assertNoWalks(play(ROOT, IncrementalVariantsTest::nothing, (world, random) -> {
            world.zfs.destroy("tank/s", world.lastView());
            assertThat(world.dataset.bookmarks()).isNotEmpty();
        }));
    }

    @Test
    void aBaseThatIsGoneForGood() throws Exception {
        assertWalks(
                play(ROOT, IncrementalVariantsTest::nothing, (world, random) -> {
                    String view = world.lastView();
                    world.zfs.destroy("tank/s", view);
                    world.zfs.run(List.of("destroy", "tank/s#" + view), java.time.Duration.ofMinutes(1));
                    assertThat(world.dataset.bookmarks()).isEmpty();
                }),
                "there is no bookmark of it");
    }

    @Test
    void aCatalogueThatWasLost() throws Exception {
        assertNoWalks(play(
                ROOT,
                IncrementalVariantsTest::nothing,
                (world, random) -> Files.move(
                        world.home.directory(), world.home.directory().resolveSibling("lost" + random.nextLong()))));
    }

    @Test
    void aCatalogueThatWasDamaged() throws Exception {
        play(ROOT, IncrementalVariantsTest::nothing, (world, random) -> {
            for (Path file : files(world.home.directory())) {
                if (random.nextBoolean()) {
                    damage(file, random);
                }
            }
        });
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }

    /** A byte is another, or the end is missing, or there is nothing. */
    private static void damage(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            return;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes = java.util.Arrays.copyOf(bytes, at);
            case 1 -> bytes = new byte[0];
            default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bytes);
    }

    @Test
    void aPointThatWasForgotten() throws Exception {
        assertWalks(
                play(ROOT, IncrementalVariantsTest::nothing, (world, random) -> {
                    SnapshotId last = world.last.orElseThrow().point();
                    world.store.delete(new FileHandle(FileType.SNAPSHOTS, last.hex()));
                }),
                "is not in the repository any more");
    }

    @Test
    void aRepositoryThatWasPruned() throws Exception {
        assertWalks(
                play(
                        ROOT,
                        IncrementalVariantsTest::nothing,
                        (world, random) -> RewrittenIndex.in(world.repository, world.store)),
                "pruned or repaired");
    }

    @Test
    void ownersThatHaveOtherNames() throws Exception {
        assertWalks(
                play(ROOT, IncrementalVariantsTest::nothing, (world, random) -> {
                    LastRun last = world.last.orElseThrow();
                    world.last = java.util.Optional.of(new LastRun(
                            last.point(),
                            last.sourceIdentity(),
                            last.viewId(),
                            last.indexes(),
                            Map.of("u1001", "somebody else"),
                            last.detection()));
                }),
                "owners have other names");
    }

    @Test
    void otherRulesThanLastTime() throws Exception {
        assertWalks(
                play(
                        ROOT,
                        IncrementalVariantsTest::nothing,
                        (world, random) -> world.excludes = ExcludeRules.of(List.of("x" + random.nextInt(), "a"))),
                "other files are excluded");
    }

    @Test
    void rewritingTheIndexLosesNothing() throws Exception {
        try (IncrementalWorld world = new IncrementalWorld(dir.resolve("w"), ModelSettings.USUAL, ROOT)) {
            world.play(EditScripts.of(1, 20_000, 0, 0).get(0));
            BackupReport report = world.run();
            RewrittenIndex.in(world.repository, world.store);
            world.repository.loadIndex(Progress.NONE);
            world.judge(report);
        }
    }
}
