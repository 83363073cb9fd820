package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.browse.EntryKind;
import cofre.path.RawName;
import cofre.testkit.versions.Content;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs see of a tree through the kernel. */
class KernelWalkTest {
    @TempDir
    private Path directory;

    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final MemorySpot share = tree.directory(tree.top(), "obras");
    private final MemorySpot version = tree.directory(share, "1a2b3c4d");
    private KernelMount mount;

    @BeforeEach
    void requireKernel() {
        KernelMount.require();
    }

    @AfterEach
    void unmount() {
        if (mount != null) {
            mount.close();
        }
    }

    private KernelMount mount(AccessMode access) throws MountException {
        mount = KernelMount.of(tree, directory.resolve("versions"), FuseSettings.defaults(access));
        return mount;
    }

    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void findSeesEveryEntryAndCatItsContent(AccessMode access) throws Exception {
        MemorySpot plans = tree.directory(version, "plans");
        tree.file(plans, "a.txt", "hello");
        tree.link(plans, "to", "a.txt");
        mount(access);
        assertThat(mount.sh("find . | sort").out()).isEqualTo("""
                        .
                        ./obras
                        ./obras/1a2b3c4d
                        ./obras/1a2b3c4d/plans
                        ./obras/1a2b3c4d/plans/a.txt
                        ./obras/1a2b3c4d/plans/to
                        """);
        assertThat(mount.sh("cat obras/1a2b3c4d/plans/a.txt")).isEqualTo(new KernelMount.Said("hello", 0));
        assertThat(mount.sh("readlink obras/1a2b3c4d/plans/to").out()).isEqualTo("a.txt\n");
        assertThat(mount.sh("cat obras/1a2b3c4d/plans/none").out()).contains("No such file");
    }

    @Test
    void statTellsWhatIsStored() throws Exception {
        MemorySpot file = tree.file(version, "f", "12345").mode(06640).owner(1001, 70000);
        file.mtime(Instant.ofEpochSecond(-86_400, 123_456_789));
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("stat -c '%a %u %g %h %s %b %o %i %F %y' obras/1a2b3c4d/f | TZ=UTC cat")
                        .out())
                .isEqualTo("6640 1001 70000 1 5 1 131072 " + file.inode()
                        + " regular file 1969-12-31 00:00:00.123456789 +0000\n");
    }

    @Test
    void devicesKeepTheirNumbers() throws Exception {
        // makedev(8, 1) and makedev(259, 300) of glibc
        tree.add(version, RawName.ofText("sda1"), EntryKind.BLOCK_DEVICE).device(0x801);
        tree.add(version, RawName.ofText("big"), EntryKind.CHAR_DEVICE).device(0x11032CL);
        tree.add(version, RawName.ofText("pipe"), EntryKind.FIFO);
        tree.add(version, RawName.ofText("sock"), EntryKind.SOCKET);
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("cd obras/1a2b3c4d; stat -c '%n %t:%T %F' *").out()).isEqualTo("""
                        big 103:12c character special file
                        pipe 0:0 fifo
                        sda1 8:1 block special file
                        sock 0:0 socket
                        """);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largeContentComesThroughUnchanged(boolean directIo) throws Exception {
        long size = (33L << 20) + 12_345;
        tree.file(version, RawName.ofText("big"), Content.repeating(size));
        FuseSettings settings = FuseSettings.defaults(AccessMode.KERNEL).withDirectIo(directIo);
        mount = KernelMount.of(tree, directory.resolve("versions"), settings);
        Path plain = directory.resolve("plain");
        byte[] bytes = new byte[(int) size];
        Content.repeating(size).read(0, bytes, 0, bytes.length);
        Files.write(plain, bytes);
        assertThat(mount.sh("cmp obras/1a2b3c4d/big '" + plain + "' && tail -c 5000 obras/1a2b3c4d/big | wc -c"))
                .isEqualTo(new KernelMount.Said("5000\n", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "touch obras/new",
                "echo x > obras/1a2b3c4d/f",
                "rm obras/1a2b3c4d/f",
                "mkdir obras/1a2b3c4d/d",
                "mv obras/1a2b3c4d/f obras/1a2b3c4d/g",
                "chmod 777 obras/1a2b3c4d/f",
                "ln obras/1a2b3c4d/f obras/1a2b3c4d/g",
                "ln -s x obras/1a2b3c4d/g",
                "touch obras/1a2b3c4d/f",
                "truncate -s 0 obras/1a2b3c4d/f",
                "mkfifo obras/1a2b3c4d/p"
            })
    void whatWritesIsRefusedAsReadOnly(String script) throws Exception {
        tree.file(version, "f", "content");
        mount(AccessMode.KERNEL);
        KernelMount.Said said = mount.sh(script);
        assertThat(said.exit()).isNotZero();
        assertThat(said.out()).contains("Read-only file system");
    }

    @Test
    void linkIsShownAndNeverFollowed() throws Exception {
        tree.link(version, "out", "/");
        tree.link(version, "near", "f");
        tree.file(version, "f", "content");
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("readlink obras/1a2b3c4d/out").out()).isEqualTo("/\n");
        assertThat(mount.sh("ls obras/1a2b3c4d/out/").out()).contains("Too many levels of symbolic links");
        assertThat(mount.sh("cat obras/1a2b3c4d/near").out()).contains("Too many levels of symbolic links");
    }

    @Test
    void oddNamesAreSeenByteForByte() throws Exception {
        byte[][] names = {
            "a".repeat(255).getBytes(StandardCharsets.US_ASCII),
            "line\nbreak".getBytes(StandardCharsets.US_ASCII),
            "dots...".getBytes(StandardCharsets.US_ASCII),
            "space ".getBytes(StandardCharsets.US_ASCII),
            "Case".getBytes(StandardCharsets.US_ASCII),
            "case".getBytes(StandardCharsets.US_ASCII),
            {(byte) 0xff, (byte) 0xfe, 'x'},
            {'\\', 'x', '4', '1'}
        };
        for (byte[] name : names) {
            tree.file(version, RawName.of(name), Content.of(name));
        }
        // Longer than any system can hold: not shown, and no harm to the others.
        tree.file(version, RawName.of("b".repeat(300).getBytes(StandardCharsets.US_ASCII)), Content.of(new byte[0]));
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("cd obras/1a2b3c4d && ls | wc -l").out()).isEqualTo("9\n");
        assertThat(mount.sh("cd obras/1a2b3c4d && for f in *; do [ \"$(cat \"$f\")\" = \"$f\" ] || echo bad; done")
                        .out())
                .isEmpty();
        assertThat(mount.sh("stat obras/1a2b3c4d/" + "b".repeat(256)).out()).contains("name too long");
    }

    @Test
    void hugeDirectoryIsListedOnceAndWhole() throws Exception {
        int count = 100_000;
        MemorySpot huge = tree.directory(version, "huge");
        for (int i = 0; i < count; i++) {
            tree.file(huge, "entry-" + i, "");
        }
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("ls -f obras/1a2b3c4d/huge | sort -u | wc -l").out())
                .isEqualTo(count + 2 + "\n");
        assertThat(tree.listings.get()).isLessThanOrEqualTo(1);
        assertThat(mount.sh("find obras/1a2b3c4d/huge -size 0 -name 'entry-*' | wc -l")
                        .out())
                .isEqualTo(count + "\n");
    }

    @Test
    void statfsTellsTotals() throws Exception {
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("stat -f -c '%b %f %c %l %S %T' .").out()).isEqualTo("30141 0 4711 255 4096 fuseblk\n");
    }

    @Test
    void versionsComeAndGoWithinSeconds() throws Exception {
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("ls obras").out()).isEqualTo("1a2b3c4d\n");
        assertThat(mount.sh("ls obras/new 2>&1").exit()).isNotZero();
        tree.file(tree.directory(share, "new"), "f", "fresh");
        assertThat(mount.sh("cat obras/new/f").out()).isEqualTo("fresh");
        tree.remove(share, "new");
        cofre.testkit.Await.until(
                "the version is gone",
                java.time.Duration.ofSeconds(3),
                () -> mount.sh("cat obras/new/f").exit() != 0);
    }

    @Test
    void fileIsClosedInTheTreeAfterTheLastClose() throws Exception {
        tree.file(version, "f", "content");
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("exec 3<obras/1a2b3c4d/f; cat <&3").out()).isEqualTo("content");
        cofre.testkit.Await.until("closed", java.time.Duration.ofSeconds(3), () -> tree.openFiles.get() == 0);
    }

    @Test
    void ioctlIsNotForThisFile() throws IOException, InterruptedException, MountException {
        tree.file(version, "f", "content");
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("perl -e 'open(F, \"<\", \"obras/1a2b3c4d/f\") or die; ioctl(F, 0x5401, $b) or print $!'")
                        .out())
                .startsWith("Inappropriate ioctl");
    }
}
