package cofre.fuse;

import static cofre.fuse.Asker.body;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.browse.EntryKind;
import cofre.path.RawName;
import cofre.posix.Credentials;
import cofre.posix.Errno;
import cofre.testkit.versions.Fault;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {
    private static final long HOURS = 6 * 3600;

    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final MemorySpot share = tree.directory(tree.top(), "s");
    private final MemorySpot version = tree.directory(share, "v");
    private final MemorySpot file =
            tree.file(version, "f", "content").mode(0640).owner(1001, 2002);
    private final Asker kernel = new Asker(tree, FuseSettings.defaults(AccessMode.KERNEL));

    private Asker daemon() {
        return new Asker(tree, FuseSettings.defaults(AccessMode.DAEMON));
    }

    @Test
    void shakesHandsInTheOlderOfBothVersions() {
        ByteBuffer newer = kernel.body(
                Op.INIT, 0, body().u32(7).u32(45).u32(131072).u32(-1).u64(0).u64(0));
        assertThat(newer.capacity()).isEqualTo(64);
        assertThat(newer.getInt(0)).isEqualTo(7);
        assertThat(newer.getInt(4)).isEqualTo(31);
        assertThat(newer.getInt(8)).isEqualTo(131072);
        assertThat(newer.getInt(12))
                .isEqualTo(Handshake.ASYNC_READ
                        | Handshake.PARALLEL_DIROPS
                        | Handshake.MAX_PAGES
                        | Handshake.DO_READDIRPLUS
                        | Handshake.READDIRPLUS_AUTO
                        | Handshake.POSIX_ACL
                        | Handshake.CACHE_SYMLINKS);
        assertThat(newer.getInt(24)).as("time_gran").isEqualTo(1);
        assertThat(newer.getShort(28)).as("max_pages").isEqualTo((short) 256);
        ByteBuffer freeBsd =
                kernel.body(Op.INIT, 0, body().u32(7).u32(28).u32(65536).u32(1 | 2 | 16));
        assertThat(freeBsd.capacity()).isEqualTo(64);
        assertThat(freeBsd.getInt(4)).isEqualTo(28);
        assertThat(freeBsd.getInt(12)).isEqualTo(Handshake.ASYNC_READ);
    }

    @Test
    void shakesNoHandsWithTheTooOldAndAsksTheTooNewAgain() {
        kernel.refused(Errno.EPROTO, Op.INIT, 0, body().u32(7).u32(22).u32(0).u32(0));
        kernel.refused(Errno.EPROTO, Op.INIT, 0, body().u32(6).u32(40).u32(0).u32(0));
        kernel.refused(Errno.EINVAL, Op.INIT, 0, body().u32(7));
        ByteBuffer again = kernel.body(Op.INIT, 0, body().u32(8).u32(1).u32(0).u32(0));
        assertThat(again.getInt(0)).isEqualTo(7);
        assertThat(kernel.agreed).isNotDone();
    }

    @Test
    void inDaemonModeTheKernelMayAnswerNothingByItself() {
        ByteBuffer answer =
                daemon().body(Op.INIT, 0, body().u32(7).u32(40).u32(131072).u32(-1));
        assertThat(answer.getInt(12)).isEqualTo(Handshake.ASYNC_READ | Handshake.PARALLEL_DIROPS | Handshake.MAX_PAGES);
    }

    @Test
    void lookupTellsEverythingOfAnEntry() {
        file.mtime(Instant.ofEpochSecond(-2, 999_999_999));
        ByteBuffer entry = kernel.body(Op.LOOKUP, kernel.walk("s", "v"), body().name("f"));
        assertThat(entry.capacity()).isEqualTo(128);
        assertThat(entry.getLong(0)).isGreaterThan(1);
        assertThat(entry.getLong(16)).isEqualTo(HOURS);
        assertThat(entry.getLong(24)).isEqualTo(HOURS);
        assertThat(entry.getLong(40)).isEqualTo(file.inode());
        assertThat(entry.getLong(48)).isEqualTo(7);
        assertThat(entry.getLong(56)).isEqualTo(1);
        assertThat(entry.getLong(72)).isEqualTo(-2);
        assertThat(entry.getInt(92)).isEqualTo(999_999_999);
        assertThat(entry.getInt(100)).isEqualTo(0100640);
        assertThat(entry.getInt(104)).isEqualTo(1);
        assertThat(entry.getInt(108)).isEqualTo(1001);
        assertThat(entry.getInt(112)).isEqualTo(2002);
        assertThat(entry.getInt(120)).isEqualTo(131072);
    }

    @Test
    void whatComesAndGoesIsRememberedForASecondAndItsAbsenceNotAtAll() {
        ByteBuffer found = kernel.body(Op.LOOKUP, NodeTable.TOP, body().name("s"));
        assertThat(found.getLong(16)).isEqualTo(1);
        assertThat(found.getLong(24)).isEqualTo(1);
        long shareNode = found.getLong(0);
        ByteBuffer point = kernel.body(Op.LOOKUP, shareNode, body().name("v"));
        assertThat(point.getLong(16)).as("the name of a version").isEqualTo(1);
        assertThat(point.getLong(24)).as("what is known of it").isEqualTo(HOURS);
        kernel.refused(Errno.ENOENT, Op.LOOKUP, NodeTable.TOP, body().name("x"));
        kernel.refused(Errno.ENOENT, Op.LOOKUP, shareNode, body().name("x"));
        ByteBuffer absent = kernel.body(Op.LOOKUP, point.getLong(0), body().name("x"));
        assertThat(absent.getLong(0)).isZero();
        assertThat(absent.getLong(16)).isEqualTo(HOURS);
    }

    @Test
    void inDaemonModeNothingIsRememberedOnLinuxAndNamesOnFreeBsd() {
        Asker linux = daemon();
        ByteBuffer entry = linux.body(Op.LOOKUP, linux.walk("s", "v"), body().name("f"));
        assertThat(entry.getLong(16)).isZero();
        assertThat(entry.getLong(24)).isZero();
        linux.refused(Errno.ENOENT, Op.LOOKUP, linux.walk("s", "v"), body().name("x"));
        Asker freeBsd = new Asker(tree, FuseSettings.defaults(AccessMode.DAEMON), true);
        ByteBuffer other = freeBsd.body(Op.LOOKUP, freeBsd.walk("s", "v"), body().name("f"));
        assertThat(other.getLong(16)).isEqualTo(HOURS);
        assertThat(other.getLong(24)).isZero();
    }

    @Test
    void refusesWhatMakesNoSense() {
        long node = kernel.walk("s", "v", "f");
        kernel.refused(Errno.ESTALE, Op.GETATTR, 4711, body().u64(0).u64(0));
        kernel.refused(Errno.ENOTDIR, Op.LOOKUP, node, body().name("x"));
        kernel.refused(Errno.EINVAL, Op.LOOKUP, NodeTable.TOP, body().name(".."));
        kernel.refused(Errno.EINVAL, Op.LOOKUP, NodeTable.TOP, body().name("a/b"));
        kernel.refused(Errno.EINVAL, Op.LOOKUP, NodeTable.TOP, body().u32(0x41414141));
        kernel.refused(Errno.ENAMETOOLONG, Op.LOOKUP, NodeTable.TOP, body().name("x".repeat(256)));
        kernel.refused(Errno.EINVAL, Op.READLINK, node, body());
        kernel.refused(Errno.ENOTDIR, Op.OPENDIR, node, body().u64(0));
        kernel.refused(Errno.EISDIR, Op.OPEN, NodeTable.TOP, body().u64(0));
        kernel.refused(Errno.EINVAL, Op.OPEN, node, body());
        kernel.refused(Errno.EROFS, Op.OPEN, node, body().u32(2).u32(0));
        kernel.refused(
                Errno.EBADF,
                Op.READ,
                node,
                body().u64(9).u64(0).u32(10).u32(0).u64(0).u64(0));
        kernel.refused(
                Errno.EBADF,
                Op.READDIR,
                NodeTable.TOP,
                body().u64(9).u64(0).u32(10).u32(0).u64(0).u64(0));
        kernel.refused(Errno.ENOTTY, Op.IOCTL, node, body());
        kernel.refused(Errno.ENOSYS, 999_999, node, body());
        kernel.refused(Errno.EROFS, Op.ACCESS, node, body().u32(2).u32(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8, 9, 10, 11, 12, 13, 16, 21, 24, 35, 43, 45, 47, 51})
    void whateverWritesIsRefused(int opcode) {
        kernel.refused(Errno.EROFS, opcode, NodeTable.TOP, body());
    }

    @Test
    void specialFilesCannotBeOpened() {
        tree.add(version, RawName.ofText("pipe"), EntryKind.FIFO);
        kernel.refused(Errno.EINVAL, Op.OPEN, kernel.walk("s", "v", "pipe"), body().u64(0));
    }

    @Test
    void readsWhatIsThereAndNoMore() {
        long node = kernel.walk("s", "v", "f");
        long handle = kernel.body(Op.OPEN, node, body().u64(0)).getLong(0);
        assertThat(text(read(node, handle, 0, 4096))).isEqualTo("content");
        assertThat(text(read(node, handle, 3, 2))).isEqualTo("te");
        assertThat(read(node, handle, 7, 4096).capacity()).isZero();
        assertThat(read(node, handle, Long.MAX_VALUE, 4096).capacity()).isZero();
        kernel.refused(Errno.EINVAL, Op.READ, node, readOf(handle, -1, 10));
        kernel.refused(Errno.EINVAL, Op.READ, node, readOf(handle, 0, Integer.MAX_VALUE));
        assertThat(tree.openFiles).hasValue(1);
        kernel.body(Op.RELEASE, node, body().u64(handle).u64(0).u64(0));
        assertThat(tree.openFiles).hasValue(0);
    }

    private ByteBuffer read(long node, long handle, long offset, int size) {
        return kernel.body(Op.READ, node, readOf(handle, offset, size));
    }

    private static Asker.Body readOf(long handle, long offset, int size) {
        return body().u64(handle).u64(offset).u32(size).u32(0).u64(0).u32(0).u32(0);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @Test
    void readdirGoesOnWhereItWasAndTakesAnyOffset() {
        for (int i = 0; i < 1000; i++) {
            tree.file(version, String.format("entry-%04d", i), "");
        }
        long node = kernel.walk("s", "v");
        long handle = kernel.body(Op.OPENDIR, node, body().u64(0)).getLong(0);
        int entries = 0;
        long offset = 0;
        while (true) {
            ByteBuffer part = kernel.body(Op.READDIR, node, readOf(handle, offset, 512));
            if (part.capacity() == 0) {
                break;
            }
            for (int at = 0; at < part.capacity(); at += (24 + part.getInt(at + 16) + 7) / 8 * 8) {
                offset = part.getLong(at + 8);
                entries++;
            }
        }
        assertThat(entries).isEqualTo(1000 + 3);
        assertThat(tree.listings).hasValue(1);
        assertThat(kernel.body(Op.READDIR, node, readOf(handle, Long.MAX_VALUE, 512))
                        .capacity())
                .isZero();
        assertThat(kernel.body(Op.READDIR, node, readOf(handle, -1, 512)).capacity())
                .isZero();
        assertThat(kernel.body(Op.READDIR, node, readOf(handle, 0, 3)).capacity())
                .isZero();
        assertThat(kernel.body(Op.READDIR, node, readOf(handle, 0, -1)).capacity())
                .isZero();
    }

    @Test
    void readdirplusListsAlsoWhatCannotBeLookedAt() {
        file.metadataFault(Fault.unavailable());
        long node = kernel.walk("s", "v");
        long handle = kernel.body(Op.OPENDIR, node, body().u64(0)).getLong(0);
        ByteBuffer all = kernel.body(Op.READDIRPLUS, node, readOf(handle, 0, 4096));
        int third = 2 * (128 + 32);
        assertThat(all.getLong(0)).as("no node for the directory itself").isZero();
        assertThat(all.getLong(third)).as("no node").isZero();
        assertThat(all.getLong(third + 128)).isEqualTo(file.inode());
        assertThat(all.get(third + 128 + 24)).isEqualTo((byte) 'f');
        file.metadataFault(Fault.NONE);
        assertThat(kernel.body(Op.READDIRPLUS, node, readOf(handle, 0, 4096)).getLong(third))
                .isGreaterThan(1);
    }

    @Test
    void attributesAreGivenWithRoomAndTheirLengthWithout() {
        file.xattr("user.a", "12345").xattr("security.b", "rights");
        long node = kernel.walk("s", "v", "f");
        assertThat(kernel.body(Op.GETXATTR, node, body().u64(0).name("user.a")).getInt(0))
                .isEqualTo(5);
        assertThat(text(kernel.body(Op.GETXATTR, node, body().u64(5).name("user.a"))))
                .isEqualTo("12345");
        kernel.refused(Errno.ERANGE, Op.GETXATTR, node, body().u64(4).name("user.a"));
        kernel.refused(Errno.ENOATTR, Op.GETXATTR, node, body().u64(4).name("user.b"));
        assertThat(text(kernel.body(Op.LISTXATTR, node, body().u64(100)))).isEqualTo("user.a\0security.b\0");
        kernel.uid = 1001;
        assertThat(kernel.body(Op.LISTXATTR, node, body().u64(0)).getInt(0)).isEqualTo(7);
        kernel.refused(Errno.ENOATTR, Op.GETXATTR, node, body().u64(100).name("security.b"));
    }

    @Test
    void inDaemonModeTheTreeIsAskedWithTheGroupsOfTheProcess() {
        Asker asker = daemon();
        long node = asker.walk("s", "v", "f");
        asker.uid = 5;
        asker.gid = 6;
        asker.refused(Errno.EACCES, Op.OPEN, node, body().u64(0));
        asker.system.processes.put(asker.pid, new Credentials(5, 6, Set.of(2002L)));
        asker.body(Op.OPEN, node, body().u64(0));
        // A process that is somebody else by now tells nothing of who asked.
        asker.system.processes.put(asker.pid, new Credentials(7, 6, Set.of(2002L)));
        asker.refused(Errno.EACCES, Op.OPEN, node, body().u64(0));
        asker.system.processes.put(asker.pid, new Credentials(5, 7, Set.of(2002L)));
        asker.refused(Errno.EACCES, Op.ACCESS, node, body().u32(4).u32(0));
        share.mode(0700);
        asker.refused(Errno.EACCES, Op.LOOKUP, NodeTable.TOP + 1, body().name("v"));
    }

    @Test
    void errorsOfTheTreeAreNumbers() {
        long node = kernel.walk("s", "v", "f");
        file.metadataFault(Fault.gone());
        kernel.refused(Errno.ESTALE, Op.GETATTR, node, body().u64(0).u64(0));
        file.metadataFault(Fault.damaged());
        kernel.refused(Errno.EIO, Op.GETATTR, node, body().u64(0).u64(0));
        file.metadataFault(Fault.throwing());
        kernel.refused(Errno.EIO, Op.GETATTR, node, body().u64(0).u64(0));
        file.metadataFault(Fault.exhausted());
        kernel.refused(Errno.EIO, Op.GETATTR, node, body().u64(0).u64(0));
    }

    @Test
    void lateReadIsAnsweredOnceByTheWatchdog() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        file.contentFault(Fault.hanging(release));
        long node = kernel.walk("s", "v", "f");
        long handle = kernel.body(Op.OPEN, node, body().u64(0)).getLong(0);
        int before = kernel.device.messages.size();
        kernel.send(Op.READ, node, readOf(handle, 0, 10));
        cofre.testkit.Await.until("the read hangs", Duration.ofSeconds(5), () -> tree.reads.get() == 1);
        kernel.ticker.pass(Duration.ofSeconds(19));
        kernel.session.watch();
        assertThat(kernel.device.messages).hasSize(before);
        kernel.ticker.pass(Duration.ofSeconds(1));
        kernel.session.watch();
        kernel.session.watch();
        assertThat(kernel.device.messages).hasSize(before + 1);
        assertThat(kernel.device.last().error()).isEqualTo(-5);
        // The file stays open until the late read has come back.
        kernel.body(Op.RELEASE, node, body().u64(handle).u64(0).u64(0));
        assertThat(tree.openFiles).hasValue(1);
        release.countDown();
        cofre.testkit.Await.until("closed", Duration.ofSeconds(5), () -> tree.openFiles.get() == 0);
        assertThat(kernel.device.messages).hasSize(before + 2);
    }

    @Test
    void interruptEndsAReadAndNothingElse() {
        CountDownLatch release = new CountDownLatch(1);
        file.contentFault(Fault.hanging(release));
        long node = kernel.walk("s", "v", "f");
        long handle = kernel.body(Op.OPEN, node, body().u64(0)).getLong(0);
        long read = kernel.send(Op.READ, node, readOf(handle, 0, 10));
        kernel.send(Op.INTERRUPT, 0, body().u64(read));
        assertThat(kernel.device.last().unique()).isEqualTo(read);
        assertThat(kernel.device.last().error()).isEqualTo(-4);
        long again = kernel.send(Op.INTERRUPT, 0, body().u64(read));
        assertThat(kernel.device.last().unique()).isEqualTo(again);
        assertThat(kernel.device.last().error()).as("EAGAIN").isEqualTo(-kernel.system.number(Errno.EAGAIN));
        release.countDown();
    }

    @Test
    void whatIsForgottenIsNotKept() {
        int before = kernel.session.nodes.size();
        long node = kernel.walk("s", "v", "f");
        kernel.walk("s", "v", "f");
        assertThat(kernel.session.nodes.size()).isEqualTo(before + 3);
        int messages = kernel.device.messages.size();
        kernel.send(Op.FORGET, node, body().u64(1));
        assertThat(kernel.session.nodes.size()).isEqualTo(before + 3);
        kernel.send(
                Op.BATCH_FORGET,
                0,
                body().u32(900).u32(0).u64(node).u64(5).u64(1).u64(1));
        assertThat(kernel.session.nodes.size()).isEqualTo(before + 2);
        assertThat(kernel.device.messages).as("no answer is due").hasSize(messages);
        kernel.refused(Errno.ESTALE, Op.GETATTR, node, body().u64(0).u64(0));
    }

    @Test
    void nodeStaysWhileAChildIsRemembered() {
        long child = kernel.walk("s", "v", "f");
        long parent = kernel.walk("s", "v");
        kernel.send(Op.FORGET, parent, body().u64(100));
        assertThat(kernel.body(Op.GETATTR, parent, body().u64(0).u64(0)).getInt(0))
                .isNotZero();
        kernel.send(Op.FORGET, child, body().u64(100));
        kernel.refused(Errno.ESTALE, Op.GETATTR, parent, body().u64(0).u64(0));
    }

    @Test
    void answerNobodyTookPromisesNothing() throws Exception {
        long directory = kernel.walk("s", "v");
        int nodes = kernel.session.nodes.size();
        kernel.device.refusal = refusal();
        kernel.send(Op.LOOKUP, directory, body().name("f"));
        assertThat(kernel.session.nodes.size()).isEqualTo(nodes);
        kernel.device.refusal = null;
        long node = kernel.walk("s", "v", "f");
        kernel.device.refusal = refusal();
        kernel.send(Op.OPEN, node, body().u64(0));
        assertThat(tree.openFiles).hasValue(0);
        assertThat(kernel.session.replies.waiting()).isZero();
    }

    /** A complaint of the real kernel: ENOENT. */
    private static cofre.posix.PosixException refusal() throws Exception {
        try {
            KernelMount.POSIX.files().open("/none".getBytes(StandardCharsets.UTF_8), cofre.posix.OpenFlags.READ);
            throw new AssertionError("/none is there");
        } catch (cofre.posix.PosixException e) {
            return e;
        }
    }

    @Test
    void openFilesAreBounded() {
        FuseSettings few =
                new FuseSettings(AccessMode.KERNEL, Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 1, 100, 2, false);
        Asker asker = new Asker(tree, few);
        long node = asker.walk("s", "v", "f");
        long first = asker.body(Op.OPEN, node, body().u64(0)).getLong(0);
        asker.body(Op.OPEN, node, body().u64(0));
        asker.refused(Errno.ENFILE, Op.OPEN, node, body().u64(0));
        asker.body(Op.RELEASE, node, body().u64(first).u64(0).u64(0));
        asker.body(Op.OPEN, node, body().u64(0));
    }
}
