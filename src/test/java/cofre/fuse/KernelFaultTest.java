package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.posix.FuseDevice;
import cofre.posix.FuseSystem;
import cofre.testkit.Await;
import cofre.testkit.versions.Fault;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that is slow, hangs or lies; mounts that were left; ends while somebody is there. */
class KernelFaultTest {
    @TempDir
    private Path directory;

    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final MemorySpot version = tree.directory(tree.directory(tree.top(), "s"), "v");
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Process> children = new ArrayList<>();
    private Path point;
    private KernelMount mount;

    @BeforeEach
    void requireKernel() {
        KernelMount.require();
        point = directory.resolve("versions");
    }

    @AfterEach
    void unmount() {
        release.countDown();
        children.forEach(Process::destroyForcibly);
        if (mount != null) {
            mount.close();
        }
    }

    private void mount(Duration readDeadline) throws MountException {
        FuseSettings settings = FuseSettings.defaults(AccessMode.KERNEL).withReadDeadline(readDeadline);
        mount = KernelMount.of(tree, point, settings);
    }

    private Process start(String script) throws Exception {
        Process child = new ProcessBuilder("sh", "-c", "cd '" + point + "' && " + script)
                .redirectErrorStream(true)
                .start();
        children.add(child);
        return child;
    }

    private static String end(Process child, Duration limit) throws Exception {
        assertThat(child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within " + limit)
                .isTrue();
        return new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void hangingDirectoriesHoldUpNobodyElseAndEndWithAnError() throws Exception {
        List<Process> stuck = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tree.directory(version, "hang" + i).metadataFault(Fault.hanging(release));
        }
        tree.file(version, "f", "content");
        mount(Duration.ofSeconds(20));
        for (int i = 0; i < 12; i++) {
            stuck.add(start("ls s/v/hang" + i));
        }
        long before = System.nanoTime();
        assertThat(mount.sh("cat s/v/f && ls s").out()).isEqualTo("contentv\n");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        for (Process child : stuck) {
            assertThat(end(child, Duration.ofSeconds(8))).contains("Input/output error");
        }
    }

    @Test
    void moreHangingRequestsThanThreadsStillEndInErrors() throws Exception {
        for (int i = 0; i < 150; i++) {
            tree.directory(version, "hang" + i).metadataFault(Fault.hanging(release));
        }
        mount(Duration.ofSeconds(20));
        Process child = start("for i in $(seq 0 149); do ls s/v/hang$i & done; wait; echo done");
        assertThat(end(child, Duration.ofSeconds(30)))
                .contains("Input/output error")
                .endsWith("done\n");
        release.countDown();
        Await.until(
                "as many threads as before",
                Duration.ofSeconds(5),
                () -> mount.sh("ls s/v").out().contains("hang149"));
    }

    @Test
    void hangingReadEndsAtItsDeadlineAndMetadataGoOn() throws Exception {
        for (int i = 0; i < 20; i++) {
            tree.file(version, "f" + i, "content").contentFault(Fault.hanging(release));
        }
        mount(Duration.ofSeconds(2));
        Process child = start("for i in $(seq 0 19); do cat s/v/f$i & done; wait; echo done");
        assertThat(mount.sh("stat -c %s s/v/f7").out()).isEqualTo("7\n");
        assertThat(end(child, Duration.ofSeconds(10)))
                .contains("Input/output error")
                .endsWith("done\n");
    }

    @Test
    void readerThatIsKilledNeedNotWaitForTheStore() throws Exception {
        tree.file(version, "f", "content").contentFault(Fault.hanging(release));
        mount(Duration.ofSeconds(60));
        Process child = start("exec cat s/v/f");
        Await.until("cat waits", Duration.ofSeconds(5), () -> tree.openFiles.get() == 1);
        child.destroyForcibly();
        assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void faultsOfTheTreeBecomeErrors() throws Exception {
        tree.file(version, "away", "x").contentFault(Fault.unavailable());
        tree.file(version, "bad", "x").contentFault(Fault.damaged());
        tree.file(version, "mistake", "x").contentFault(Fault.throwing());
        tree.file(version, "deep", "x").metadataFault(Fault.exhausted());
        tree.file(version, "gone", "x").contentFault(Fault.gone());
        tree.file(version, "good", "fine");
        mount(Duration.ofSeconds(20));
        for (String name : List.of("away", "bad", "mistake", "deep")) {
            assertThat(mount.sh("cat s/v/" + name).out()).as(name).contains("Input/output error");
        }
        assertThat(mount.sh("cat s/v/gone").out()).contains("Stale file handle");
        assertThat(mount.sh("cat s/v/good").out()).isEqualTo("fine");
    }

    @Test
    void closingEndsTheMountAndTheThreadsThoughAFileIsOpen() throws Exception {
        tree.file(version, "f", "content");
        mount(Duration.ofSeconds(20));
        Process child = start("exec 3<s/v/f; read line; cat <&3");
        Await.until("open", Duration.ofSeconds(5), () -> tree.openFiles.get() == 1);
        long before = System.nanoTime();
        mount.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(mount.server.isServing()).isFalse();
        assertThat(tree.openFiles.get()).isZero();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(point.toString());
        child.getOutputStream().write('\n');
        child.getOutputStream().flush();
        assertThat(end(child, Duration.ofSeconds(5))).doesNotContain("content");
    }

    @Test
    void whatADeadProcessLeftIsCleared() throws Exception {
        FuseSystem system = KernelMount.POSIX.fuse();
        Files.createDirectory(point);
        for (int i = 0; i < 2; i++) {
            FuseDevice device = system.open();
            system.mount(device, KernelMount.bytes(point), new FuseSystem.Options(true, 1 << 20));
            device.close();
        }
        assertThat(KernelMount.run(List.of("ls", point.toString())).out()).contains("not connected");
        assertThat(system.occupant(KernelMount.bytes(point))).isEqualTo(FuseSystem.Occupant.OURS);
        tree.file(version, "f", "content");
        mount(Duration.ofSeconds(20));
        assertThat(mount.sh("cat s/v/f").out()).isEqualTo("content");
        mount.close();
        assertThat(system.occupant(KernelMount.bytes(point))).isEqualTo(FuseSystem.Occupant.NOTHING);
    }

    @Test
    void directoryWithSomethingInItIsNotCovered() throws Exception {
        Files.createDirectories(point.resolve("precious"));
        assertThatThrownBy(() -> mount(Duration.ofSeconds(20)))
                .isInstanceOf(MountException.Occupied.class)
                .hasMessageContaining("1 entries vs an empty directory");
    }

    @Test
    void mountOfSomebodyElseIsLeftAlone() throws Exception {
        Files.createDirectory(point);
        assertThat(KernelMount.run(List.of("mount", "-t", "tmpfs", "theirs", point.toString()))
                        .exit())
                .isZero();
        try {
            assertThatThrownBy(() -> mount(Duration.ofSeconds(20)))
                    .isInstanceOf(MountException.Occupied.class)
                    .hasMessageContaining("something else is mounted there");
        } finally {
            KernelMount.run(List.of("umount", point.toString()));
        }
    }

    @Test
    void unmountByHandIsNoticed() throws Exception {
        mount(Duration.ofSeconds(20));
        assertThat(KernelMount.run(List.of("umount", point.toString())).exit()).isZero();
        Await.until("the end is noticed", Duration.ofSeconds(5), () -> !mount.server.isServing());
    }
}
