package cofre.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.browse.SwitchedBackend.Mood;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.path.RawName;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Await;
import cofre.testkit.StoreBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFaultsTest {
    private static final byte[] LARGE = StoreBytes.random(20_000_000, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    private World world;
    private Version version;

    @BeforeEach
    void make() throws Exception {
        world = new World(temp);
        world.live.file(RawName.ofText("large"), LARGE);
        world.live.dir("d").file("x", "x");
        world.live.dir("e").file("y", "yy");
        version = world.backUp();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDeadStoreLeavesMetadataAndFailsContentFast() throws Exception {
        world.showReady();
        world.switched.become(Mood.AWAY);
        assertThat(world.walk(world.root(version))).isEqualTo(6);
        assertThatThrownBy(() -> world.read(version, "large")).isInstanceOf(BrowseException.Unavailable.class);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> world.read(version, "large")).isInstanceOf(BrowseException.Unavailable.class);
        assertThat(System.nanoTime() - begun).isLessThan(300_000_000L);
        world.switched.become(Mood.FINE);
        Await.until("content is back", PATIENCE, () -> isReadable("large"));
        assertThat(world.read(version, "large")).isEqualTo(LARGE);
    }

    @Test
    void aHangingStoreEndsAtTheDeadlineAndThenAtOnce() throws Exception {
        world.showReady();
        world.switched.become(Mood.HANGING);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> world.read(version, "d/x")).isInstanceOf(BrowseException.Unavailable.class);
        long first = System.nanoTime() - begun;
        assertThat(first).isBetween(1_900_000_000L, 4_000_000_000L);
        begun = System.nanoTime();
        assertThatThrownBy(() -> world.read(version, "d/x")).isInstanceOf(BrowseException.Unavailable.class);
        assertThat(System.nanoTime() - begun).isLessThan(300_000_000L);
        world.switched.become(Mood.FINE);
        Await.until("content is back", PATIENCE, () -> isReadable("d/x"));
    }

    @Test
    void soItDoesWhenNotEvenTheIndexIsHere() throws Exception {
        world.showReady();
        world.restart();
        world.showReady(); // of what is on local disk: nobody needed the index
        world.switched.become(Mood.HANGING);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> world.read(version, "d/x")).isInstanceOf(BrowseException.Unavailable.class);
        assertThat(System.nanoTime() - begun).isBetween(1_900_000_000L, 4_000_000_000L);
        begun = System.nanoTime();
        assertThatThrownBy(() -> world.read(version, "d/x")).isInstanceOf(BrowseException.Unavailable.class);
        assertThat(System.nanoTime() - begun).isLessThan(300_000_000L);
        world.switched.become(Mood.FINE);
        Await.until("content is back", PATIENCE, () -> isReadable("d/x"));
    }

    @Test
    void anUnreadyVersionIsLookedAtWithinTheDeadline() throws Exception {
        world.switched.become(Mood.HANGING);
        world.show();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> world.at(version, "d")).isInstanceOf(BrowseException.Unavailable.class);
        assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
        begun = System.nanoTime();
        assertThatThrownBy(() -> world.at(version, "d")).isInstanceOf(BrowseException.Unavailable.class);
        assertThat(System.nanoTime() - begun).isLessThan(300_000_000L);
        assertThat(world.tree().isReady(World.SHARE, version.name())).isFalse();
        world.switched.become(Mood.FINE);
        world.showReady();
        assertThat(world.walk(world.root(version))).isEqualTo(6);
    }

    @Test
    void aStoreThatIsAwayWhenAVersionIsShownIsAskedAgain() throws Exception {
        world.switched.become(Mood.AWAY);
        world.show();
        assertThatThrownBy(() -> world.at(version, "d")).isInstanceOf(BrowseException.Unavailable.class);
        world.switched.become(Mood.FINE);
        world.showReady();
    }

    @Test
    void aSlowStoreIsReadAheadOf() throws Exception {
        byte[] content = StoreBytes.random(40_000_000, 9);
        world.live.file(RawName.ofText("long"), content);
        version = world.backUp();
        world.showReady();
        long blobs = blobs("long").size();
        assertThat(blobs).as("chunks of 8 MiB at most, mostly of 1 to 2").isGreaterThan(8);
        world.switched.slow(250);
        long begun = System.nanoTime();
        assertThat(world.read(version, "long")).isEqualTo(content);
        assertThat(System.nanoTime() - begun)
                .as("less than one answer for each of %d blobs", blobs)
                .isLessThan(blobs * 250_000_000L);
    }

    @Test
    void manyReadersShareWhatIsFetched() throws Exception {
        world.showReady();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> reading = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                reading.add(threads.submit(() -> world.read(version, "large")));
            }
            for (Future<byte[]> read : reading) {
                assertThat(read.get()).isEqualTo(LARGE);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(world.tree().memory()).isLessThanOrEqualTo((16 << 20) + (2 << 20));
    }

    @Test
    void directoriesTooManyForTheirRoomOnDiskAreStillShown() throws Exception {
        for (int i = 0; i < 2000; i++) {
            world.live.dir("many").dir("dir" + i).file("file number " + i, "x");
        }
        version = world.backUp();
        world.restart(World.limits(128 << 10));
        world.showReady();
        assertThat(world.walk(world.root(version))).isEqualTo(4007);
    }

    @Test
    void wrongBytesAreNeverShown() throws Exception {
        world.showReady();
        world.switched.become(Mood.WRONG);
        for (int i = 0; i < 20; i++) {
            byte[] into = new byte[100_000];
            try (OpenVersionFile file = world.tree().open(world.at(version, "large"))) {
                assertThatThrownBy(() -> file.read(5_000_000, into, 0, into.length))
                        .isInstanceOf(BrowseException.class);
            }
        }
        world.switched.become(Mood.FINE);
        Await.until("content is back", PATIENCE, () -> isReadable("large"));
        assertThat(world.read(version, "large")).isEqualTo(LARGE);
    }

    @Test
    void aLostBlobDamagesItsFileAndNoOther() throws Exception {
        world.showReady();
        lose(blobs("large").get(1));
        world.restart();
        world.showReady();
        Await.until("damage is certain", PATIENCE, () -> {
            try {
                world.read(version, "large");
                return false;
            } catch (BrowseException.Damaged e) {
                return true;
            } catch (BrowseException.Unavailable e) {
                return false;
            }
        });
    }

    @Test
    void aPruneByOthersWhileAFileIsReadIsFollowed() throws Exception {
        world.showReady();
        try (OpenVersionFile file = world.tree().open(world.at(version, "large"))) {
            byte[] into = new byte[LARGE.length];
            assertThat(file.read(0, into, 0, 1000)).isEqualTo(1000);
            Repack.all(world.store, world.repository());
            Await.until("the index is read anew", PATIENCE, () -> {
                try {
                    return file.read(0, into, 0, LARGE.length) == LARGE.length;
                } catch (BrowseException.Unavailable e) {
                    return false;
                }
            });
            assertThat(into).isEqualTo(LARGE);
        }
    }

    @Test
    void localDirectoriesThatAreGoneAreFetchedAgain() throws Exception {
        world.showReady();
        world.restart();
        deleteLocal();
        world.restart();
        world.show();
        Await.until("metadata is back", PATIENCE, () -> {
            try {
                return world.walk(world.root(version)) == 6;
            } catch (BrowseException.Unavailable e) {
                return false;
            }
        });
        world.showReady();
    }

    @Test
    void aTreeTheStoreHasLostDamagesItsDirectoryAlone() throws Exception {
        Repack.without(world.store, world.repository(), subtree("d"));
        world.showReady();
        assertThat(world.read(version, "e/y")).asString().isEqualTo("yy");
        Spot damaged = world.at(version, "d");
        Await.until("damage is certain", PATIENCE, () -> {
            try {
                world.tree().list(damaged);
                return false;
            } catch (BrowseException.Damaged e) {
                return true;
            } catch (BrowseException.Unavailable e) {
                return false;
            }
        });
        assertThat(world.tree().attributes(damaged).kind()).isEqualTo(EntryKind.DIRECTORY);
    }

    @Test
    void everyByteOfALocalDirectoryMayBeWrong() throws Exception {
        world.showReady();
        Path segment;
        try (Stream<Path> files = Files.walk(world.directory())) {
            segment = files.filter(file -> file.getFileName().toString().startsWith("trees-"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> right = world.described(world.root(version));
        byte[] good = Files.readAllBytes(segment);
        assertThat(good.length).isLessThan(8000);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 + i % 255);
            world.restart();
            Files.write(segment, bad);
            world.restart();
            world.show();
            Await.until("what is shown is right", PATIENCE, () -> {
                try {
                    return world.walk(world.root(version)) == 6
                            && world.tree()
                                            .attributes(world.at(version, "large"))
                                            .size()
                                    == LARGE.length;
                } catch (BrowseException.Unavailable e) {
                    return false;
                }
            });
        }
        for (int length = 0; length < good.length; length += 37) {
            world.restart();
            deleteLocal();
            Files.write(segment, Arrays.copyOf(good, length));
            world.restart();
            world.show();
            Await.until("what is shown is right", PATIENCE, () -> {
                try {
                    assertThat(world.described(world.root(version))).isEqualTo(right);
                    return true;
                } catch (BrowseException.Unavailable e) {
                    return false;
                }
            });
        }
    }

    private void deleteLocal() throws Exception {
        try (Stream<Path> files = Files.walk(world.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean isReadable(String path) {
        try {
            world.read(version, path);
            return true;
        } catch (BrowseException e) {
            return false;
        }
    }

    private BlobId subtree(String name) throws Exception {
        return ((Node.DirBody) node(name).body()).subtree();
    }

    private List<BlobId> blobs(String name) throws Exception {
        return ((Node.FileBody) node(name).body()).content();
    }

    private Node node(String name) throws Exception {
        BlobReader reader = reader();
        BlobId tree = version.tree();
        for (RawName step : World.ROOT.names()) {
            tree = ((Node.DirBody) child(reader, tree, step).body()).subtree();
        }
        return child(reader, tree, RawName.ofText(name));
    }

    private static Node child(BlobReader reader, BlobId tree, RawName name) throws Exception {
        return reader.tree(tree).nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private BlobReader reader() throws Exception {
        var session = world.repository().session();
        session.loadIndex(Progress.NONE);
        return session.reader();
    }

    private void lose(BlobId id) throws Exception {
        var place = reader().locate(BlobHandle.data(id)).orElseThrow();
        world.store.delete(new FileHandle(FileType.DATA, place.pack().hex()));
    }
}
