package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.Await;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel remembers, and how it is brought to let go. */
class KernelMemoryTest {
    @TempDir
    private Path directory;

    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final MemorySpot version = tree.directory(tree.directory(tree.top(), "s"), "v");

    @BeforeEach
    void requireKernel() {
        KernelMount.require();
    }

    private KernelMount mount(int maxNodes) throws MountException {
        FuseSettings settings = new FuseSettings(
                AccessMode.KERNEL, Duration.ofSeconds(2), Duration.ofSeconds(20), 4, 4, maxNodes, 100, false);
        return KernelMount.of(tree, directory.resolve("versions"), settings);
    }

    @Test
    void kernelLetsGoOfOldNamesWhenThereAreTooMany() throws Exception {
        for (int i = 0; i < 200; i++) {
            MemorySpot below = tree.directory(version, "dir" + i);
            for (int j = 0; j < 50; j++) {
                tree.file(below, "file" + j, "content");
            }
        }
        try (KernelMount mount = mount(1000)) {
            for (int round = 0; round < 3; round++) {
                assertThat(mount.sh("find s -name 'file*' -size -2 | wc -l").out())
                        .isEqualTo("10000\n");
                Await.until("1000 nodes at most", Duration.ofSeconds(20), () -> mount.server.nodes() <= 1000);
            }
            assertThat(mount.sh("cat s/v/dir7/file7").out()).isEqualTo("content");
        }
    }

    @Test
    void whatIsInUseStaysThoughThereAreTooMany() throws Exception {
        for (int i = 0; i < 300; i++) {
            tree.file(version, "file" + i, "content" + i);
        }
        try (KernelMount mount = mount(20)) {
            String script =
                    "exec 3<s/v/file7; ls -l s/v | wc -l; for i in 1 2 3 4 5; do stat s/v/* >/dev/null; done; cat <&3";
            assertThat(mount.sh(script).out()).isEqualTo("301\ncontent7");
            Await.until("20 nodes at most", Duration.ofSeconds(20), () -> mount.server.nodes() <= 20);
        }
    }

    @Test
    void manyWhoLookAtTheSameWhileNamesAreLetGoOfAllSeeEverything() throws Exception {
        for (int i = 0; i < 40; i++) {
            MemorySpot below = tree.directory(version, "dir" + i);
            for (int j = 0; j < 25; j++) {
                tree.file(below, "file" + j, "content " + i + " " + j);
            }
        }
        try (KernelMount mount = mount(100)) {
            String script =
                    "for n in 1 2 3 4 5 6; do ( for r in 1 2 3; do find s -name 'file*' -exec cat {} + | wc -c; done ) &"
                            + " done; wait";
            assertThat(mount.sh(script).out()).isEqualTo("12350\n".repeat(18));
            Await.until("100 nodes at most", Duration.ofSeconds(20), () -> mount.server.nodes() <= 100);
        }
    }
}
