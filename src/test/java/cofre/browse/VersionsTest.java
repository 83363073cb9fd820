package cofre.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.storage.CountingBackend.Operation;
import cofre.testkit.Await;
import cofre.testkit.StoreBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
    @TempDir
    Path temp;

    private World world;

    @BeforeEach
    void make() throws Exception {
        world = new World(temp);
        world.live.mode(0751).owner(5, 6);
        world.live.file("a", "first").mode(0640).owner(7, 8);
        world.live.dir("d").dir("e").file("f", "deep");
        world.live.symlink("l", "/");
        world.live.special("p", NodeType.FIFO);
        world.live.device("b", NodeType.BLOCK_DEVICE, 0x801);
        world.live.device("c", NodeType.CHAR_DEVICE, 0x501);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void showsWhatWasThereAtEachTime() throws Exception {
        Version first = world.backUp();
        world.live.child("a").write("second".getBytes(StandardCharsets.UTF_8));
        world.live.remove("l");
        Version second = world.backUp();
        world.showReady();
        assertThat(world.read(first, "a")).asString().isEqualTo("first");
        assertThat(world.read(second, "a")).asString().isEqualTo("second");
        assertThat(world.tree().find(world.root(second), RawName.ofText("l"))).isEmpty();
        assertThat(world.at(first, "a").inode())
                .isNotEqualTo(world.at(second, "a").inode());
        assertThat(world.at(first, "d")).isNotEqualTo(world.at(second, "d"));
        Attributes root = world.tree().attributes(world.root(first));
        assertThat(root.mode()).isEqualTo(0751);
        assertThat(root.uid()).isEqualTo(5);
        assertThat(world.tree().attributes(world.at(first, "b")).device()).isEqualTo(0x801);
        assertThat(world.at(first, "b").kind()).isEqualTo(EntryKind.BLOCK_DEVICE);
        assertThat(world.at(first, "p").kind()).isEqualTo(EntryKind.FIFO);
        assertThat(world.tree().totals().entries())
                .isEqualTo(first.totals().entries() + second.totals().entries());
    }

    @Test
    void onceReadyMetadataAsksTheStoreNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            world.live.dir("d").dir("more" + i).file("x", "x" + i);
            world.backUp();
        }
        world.showReady();
        long before = world.requests();
        long looked = world.walk(world.tree().top());
        world.tree().totals();
        assertThat(looked).isGreaterThan(50);
        assertThat(world.requests()).isEqualTo(before);
    }

    @Test
    void aRestartKeepsDirectoriesReadinessAndInodes() throws Exception {
        Version version = world.backUp();
        world.showReady();
        List<Long> inodes = inodes(world.root(version));
        world.restart();
        long reads = world.counting.total(Operation.READ).calls();
        long lists = world.counting.total(Operation.LIST).calls();
        world.showReady();
        assertThat(inodes(world.root(version))).isEqualTo(inodes);
        assertThat(world.counting.total(Operation.READ).calls()).isEqualTo(reads);
        assertThat(world.counting.total(Operation.LIST).calls())
                .as("not even the index is loaded")
                .isEqualTo(lists);
    }

    private List<Long> inodes(Spot spot) throws BrowseException {
        List<Long> all = new ArrayList<>(List.of(spot.inode()));
        if (spot.kind() == EntryKind.DIRECTORY) {
            for (VersionTree.Listed entry : world.tree().list(spot)) {
                all.addAll(inodes(entry.spot()));
            }
        }
        return all;
    }

    @Test
    void aSecondPointCostsOnlyWhatChanged() throws Exception {
        for (int i = 0; i < 300; i++) {
            world.live.dir("many").dir("dir" + i).file("x", "x" + i);
        }
        world.backUp();
        world.showReady();
        world.live.dir("many").dir("dir7").file("y", "new");
        Version second = world.backUp();
        long reads = world.counting.total(Operation.READ).calls();
        world.showReady();
        // Three trees changed: the root, "many" and "dir7", with those above the share's root; all in one pack.
        assertThat(world.counting.total(Operation.READ).calls() - reads).isLessThanOrEqualTo(5);
        assertThat(world.read(second, "many/dir7/y")).asString().isEqualTo("new");
    }

    @Test
    void whatIsNotShownAnyMoreIsGone() throws Exception {
        Version first = world.backUp();
        world.live.file("a", "second");
        Version second = world.backUp();
        world.showReady();
        Spot old = world.at(first, "d");
        Spot kept = world.at(second, "d");
        world.versions.remove(first);
        world.show();
        assertThatThrownBy(() -> world.tree().list(old)).isInstanceOf(BrowseException.Gone.class);
        assertThatThrownBy(() -> world.tree().attributes(old)).isInstanceOf(BrowseException.Gone.class);
        assertThat(world.tree().list(kept)).hasSize(1);
        assertThat(world.at(second, "d")).isEqualTo(kept);
        world.tree().hide(World.SHARE);
        assertThatThrownBy(() -> world.tree().list(kept)).isInstanceOf(BrowseException.Gone.class);
        assertThat(world.tree().list(world.tree().top())).isEmpty();
    }

    @Test
    void aGroupAloneMayLookIntoItsShare() throws Exception {
        world.backUp();
        world.tree().show(World.SHARE, world.versions, OptionalLong.of(77));
        Spot share = world.tree()
                .find(world.tree().top(), RawName.ofText(World.SHARE))
                .orElseThrow();
        Attributes attributes = world.tree().attributes(share);
        assertThat(attributes.mode()).isEqualTo(0750);
        assertThat(attributes.gid()).isEqualTo(77);
    }

    @Test
    void aHugeDirectoryIsListedAndFoundIn() throws Exception {
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            world.live.dir("huge").file("entry-" + i, "");
        }
        Version version = world.backUp();
        world.showReady();
        Spot huge = world.at(version, "huge");
        List<VersionTree.Listed> all = world.tree().list(huge);
        assertThat(all).hasSize(count);
        assertThat(world.tree().memory()).as("bytes").isLessThan(12 << 20);
        Set<Long> inodes = new HashSet<>();
        for (VersionTree.Listed entry : all) {
            inodes.add(world.tree().attributes(entry.spot()).inode());
        }
        assertThat(inodes).hasSize(count);
        assertThat(world.tree().find(huge, RawName.ofText("entry-99999")))
                .contains(world.at(version, "huge/entry-99999"));
        assertThat(world.tree().find(huge, RawName.ofText("entry-100000"))).isEmpty();
        world.live.dir("huge").file("entry-55555", "five").mode(0604);
        world.live.dir("huge").remove("entry-99999");
        Version second = world.backUp();
        world.showReady();
        assertThat(world.read(second, "huge/entry-55555")).asString().isEqualTo("five");
        assertThat(world.tree().attributes(world.at(second, "huge/entry-55555")).mode())
                .isEqualTo(0604);
        assertThat(world.tree().list(world.at(second, "huge"))).hasSize(count - 1);
    }

    @Test
    void aDeepPathIsFound() throws Exception {
        var at = world.live;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            at = at.dir("level" + i);
            path.append("level").append(i).append('/');
        }
        at.file("end", "x");
        Version version = world.backUp();
        world.showReady();
        assertThat(world.read(version, path + "end")).asString().isEqualTo("x");
        world.restart();
        world.showReady();
        assertThat(world.read(version, path + "end")).asString().isEqualTo("x");
    }

    @Test
    void sparseFilesCostNoRequest() throws Exception {
        byte[] content = new byte[6 << 20];
        System.arraycopy(StoreBytes.random(100_000, 1), 0, content, 5 << 20, 100_000);
        world.live.file(RawName.ofText("sparse"), content);
        Version version = world.backUp();
        world.showReady();
        assertThat(world.read(version, "sparse")).isEqualTo(content);
        try (OpenVersionFile file = world.tree().open(world.at(version, "sparse"))) {
            long reads = world.counting.total(Operation.READ).calls();
            assertThat(file.read(0, new byte[1 << 20], 0, 1 << 20)).isEqualTo(1 << 20);
            assertThat(world.counting.total(Operation.READ).calls()).isEqualTo(reads);
        }
    }

    @Test
    void closingEndsEverythingSoon() throws Exception {
        Version version = world.backUp();
        world.showReady();
        world.switched.become(SwitchedBackend.Mood.HANGING);
        Thread reader = new Thread(() -> {
            try {
                world.read(version, "a");
            } catch (BrowseException e) {
                assertThat(e).isNotNull();
            }
        });
        reader.start();
        long begun = System.nanoTime();
        world.tree().close();
        reader.join();
        assertThat(System.nanoTime() - begun).isLessThan(2_500_000_000L);
    }

    @Test
    void anIndexNobodyUsesIsGivenBackAndLoadedAgain() throws Exception {
        BrowseLimits usual = World.limits(64 << 20);
        Version version = world.backUp();
        world.restart(new BrowseLimits(
                usual.metadata(),
                usual.content(),
                usual.pause(),
                usual.retry(),
                Duration.ofMillis(20),
                usual.treeMemory(),
                usual.blockMemory(),
                usual.disk()));
        world.showReady();
        long lists = world.counting.total(Operation.LIST).calls();
        Await.until("the index was loaded again", Duration.ofSeconds(30), () -> {
            try (OpenVersionFile file = world.tree().open(world.at(version, "a"))) {
                assertThat(file.read(0, new byte[5], 0, 5)).isEqualTo(5);
            }
            return world.counting.total(Operation.LIST).calls() > lists + 1;
        });
    }

    @Test
    void aHangingRepositoryHoldsUpNeitherShowingNorClosing() throws Exception {
        Version version = world.backUp();
        world.switched.become(SwitchedBackend.Mood.HANGING);
        world.show();
        assertThatThrownBy(() -> world.at(version, "d")).isInstanceOf(BrowseException.Unavailable.class);
        long begun = System.nanoTime();
        world.show();
        world.tree().hide(World.SHARE);
        world.tree().close();
        assertThat(System.nanoTime() - begun).isLessThan(2_500_000_000L);
    }
}
