package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.XattrName;
import cofre.testkit.versions.Fault;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of the system who may see some of a version, and try to see the rest. */
class KernelAccessTest {
    private static final long ALICE = 40_001;
    private static final long BOB = 40_002;
    private static final long STAFF = 50_001;
    private static final long NOGROUP = 50_009;

    @TempDir
    private Path directory;

    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final MemorySpot version = tree.directory(tree.directory(tree.top(), "s"), "v");
    private KernelMount mount;

    @BeforeEach
    void requireKernel() throws Exception {
        KernelMount.require();
        // JUnit makes the directory for this user only; others must get through it.
        KernelMount.run(List.of("chmod", "755", directory.toString()));
    }

    @AfterEach
    void unmount() {
        if (mount != null) {
            mount.close();
        }
    }

    private void mount(AccessMode access) throws MountException {
        mount = KernelMount.of(tree, directory.resolve("versions"), FuseSettings.defaults(access));
    }

    private String as(long uid, String groups, String script) throws Exception {
        return mount.shAs(uid, NOGROUP, groups, script).out();
    }

    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void modesOfTheVersionDecide(AccessMode access) throws Exception {
        MemorySpot home = tree.directory(version, "home").mode(0700).owner(ALICE, STAFF);
        tree.file(home, "open", "within").mode(0644).owner(ALICE, STAFF);
        tree.file(version, "own", "owned").mode(0600).owner(ALICE, STAFF);
        tree.file(version, "team", "shared").mode(0640).owner(ALICE, STAFF);
        tree.file(version, "all", "public").mode(0644).owner(ALICE, STAFF);
        mount(access);
        // Root goes first: what the kernel then has in its caches must help nobody.
        assertThat(mount.sh("cat s/v/home/open s/v/own s/v/team s/v/all").out()).isEqualTo("withinownedsharedpublic");
        assertThat(as(ALICE, "", "cat s/v/home/open s/v/own s/v/team s/v/all")).isEqualTo("withinownedsharedpublic");
        assertThat(as(BOB, "", "cat s/v/home/open")).contains("Permission denied");
        assertThat(as(BOB, "", "stat s/v/home/open")).contains("Permission denied");
        assertThat(as(BOB, "", "ls s/v/home")).contains("Permission denied");
        assertThat(as(BOB, "", "cat s/v/own")).contains("Permission denied");
        assertThat(as(BOB, "", "cat s/v/team")).contains("Permission denied");
        assertThat(as(BOB, "", "cat s/v/all")).isEqualTo("public");
        // Only by a supplementary group, which no request carries.
        assertThat(as(BOB, NOGROUP + "," + STAFF, "cat s/v/team")).isEqualTo("shared");
        assertThat(as(BOB, NOGROUP + "," + STAFF, "cat s/v/own")).contains("Permission denied");
    }

    /** {@code version 2, {u16 tag, u16 permissions, u32 id}...}, as Linux keeps it in the attribute. */
    private static byte[] acl(int... tagPermissionId) {
        ByteBuffer b = ByteBuffer.allocate(4 + tagPermissionId.length / 3 * 8).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(2);
        for (int i = 0; i < tagPermissionId.length; i += 3) {
            b.putShort((short) tagPermissionId[i]);
            b.putShort((short) tagPermissionId[i + 1]);
            b.putInt(tagPermissionId[i + 2]);
        }
        return b.array();
    }

    /** Everybody may but one. */
    private static byte[] aclAgainst(long uid, int permissions) {
        return acl(1, 7, -1, 2, 0, (int) uid, 4, permissions, -1, 0x10, permissions, -1, 0x20, permissions, -1);
    }

    @Test
    void posixAclOfAFileAndOfADirectoryDecide() throws Exception {
        tree.file(version, "f", "secret").mode(0644).xattr("system.posix_acl_access", aclAgainst(BOB, 4));
        MemorySpot closed = tree.directory(version, "d").mode(0755);
        closed.xattr("system.posix_acl_access", aclAgainst(BOB, 5));
        tree.file(closed, "f", "secret").mode(0644);
        mount(AccessMode.KERNEL);
        assertThat(as(ALICE, "", "cat s/v/f s/v/d/f")).isEqualTo("secretsecret");
        assertThat(as(BOB, "", "cat s/v/f")).contains("Permission denied");
        assertThat(as(BOB, "", "cat s/v/d/f")).contains("Permission denied");
        assertThat(as(BOB, "", "ls s/v/d")).contains("Permission denied");
    }

    @Test
    void posixAclGivesAlsoWhatTheModeDoesNotShow() throws Exception {
        byte[] forBob = acl(1, 6, -1, 2, 4, (int) BOB, 4, 0, -1, 0x10, 4, -1, 0x20, 0, -1);
        tree.file(version, "f", "for bob").mode(0640).owner(ALICE, STAFF).xattr("system.posix_acl_access", forBob);
        mount(AccessMode.KERNEL);
        assertThat(as(BOB, "", "cat s/v/f")).isEqualTo("for bob");
        assertThat(as(BOB + 1, "", "cat s/v/f")).contains("Permission denied");
    }

    @Test
    void rightsThatCannotBeReadLetNobodyIn() throws Exception {
        MemorySpot file = tree.file(version, "f", "secret").mode(0640).owner(ALICE, STAFF);
        mount(AccessMode.KERNEL);
        assertThat(mount.sh("stat s/v/f > /dev/null").exit()).isZero();
        file.metadataFault(Fault.unavailable());
        assertThat(as(BOB, NOGROUP + "," + STAFF, "cat s/v/f")).contains("Input/output error");
    }

    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void attributesOfSecurityAreForRootAlone(AccessMode access) throws Exception {
        tree.file(version, "f", "x").xattr("security.NTACL", "rights").xattr("user.DOSATTRIB", "0x20");
        mount(access);
        try (Fd file =
                KernelMount.POSIX.files().open(KernelMount.bytes(mount.point.resolve("s/v/f")), OpenFlags.READ)) {
            assertThat(KernelMount.POSIX.xattrs().list(file))
                    .containsExactly(name("security.NTACL"), name("user.DOSATTRIB"));
            assertThat(KernelMount.POSIX.xattrs().get(file, name("security.NTACL")))
                    .contains("rights".getBytes(StandardCharsets.UTF_8));
            assertThat(KernelMount.POSIX.xattrs().get(file, name("user.none"))).isEqualTo(Optional.empty());
        }
        // perl -e, as there is not always a getfattr: lgetxattr is 192 and llistxattr 195 on amd64, 9 and 12 on arm64.
        String numbers = System.getProperty("os.arch").equals("aarch64") ? "9 12" : "192 195";
        String script = "perl -e '($g,$l)=@ARGV; $p=\"s/v/f\"; for (\"security.NTACL\",\"user.DOSATTRIB\") {"
                + " $n=\"$_\"; $b=\"\\0\"x64; $r=syscall($g+0,$p,$n,$b,64); print $r<0 ? \"none\\n\" : substr($b,0,$r).\"\\n\" }"
                + " $b=\"\\0\"x64; $r=syscall($l+0,$p,$b,64); print substr($b,0,$r)' " + numbers;
        assertThat(as(BOB, "", script)).isEqualTo("none\n0x20\nuser.DOSATTRIB\0");
        assertThat(mount.sh(script).out()).isEqualTo("rights\n0x20\nsecurity.NTACL\0user.DOSATTRIB\0");
    }

    private static XattrName name(String text) {
        return XattrName.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void inDaemonModeAnOpenDirectoryIsNoWayAround() throws Exception {
        MemorySpot home = tree.directory(version, "home").mode(0700).owner(ALICE, STAFF);
        tree.file(home, "f", "secret").mode(0644);
        mount(AccessMode.DAEMON);
        // Root goes into the directory, then becomes bob and opens a name in it.
        String script = "cd s/v/home && setpriv --reuid=" + BOB + " --regid=" + NOGROUP + " --clear-groups cat f";
        assertThat(mount.sh(script).out()).contains("Permission denied");
    }

    /** As smbd does it: one process that is one user after the other, real user root all the time. */
    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void oneProcessThatBecomesOneUserAfterTheOtherIsEachOfThem(AccessMode access) throws Exception {
        tree.file(version, "team", "shared").mode(0640).owner(ALICE, STAFF);
        mount(access);
        String look = "sub as { ($u,$g)=@_; $)=$g; $>=$u; print open(F,\"<\",\"s/v/team\") ? <F> : \"no\"; close F;"
                + " $>=0; $)=\"0 0\" }";
        String users = String.format(
                "for (1..20) { as(%d,\"%d %d\"); as(%d,\"%d %d %d\"); as(%d,\"%d %d\"); as(0,\"0 0\") }",
                BOB, NOGROUP, NOGROUP, BOB, NOGROUP, NOGROUP, STAFF, ALICE, NOGROUP, NOGROUP);
        assertThat(mount.sh("perl -e '" + look + " " + users + "'").out()).isEqualTo("nosharedsharedshared".repeat(20));
    }

    @Test
    void inDaemonModeModesShowNothingButReadable() throws Exception {
        tree.file(version, "f", "x").mode(04700).owner(ALICE, STAFF);
        tree.directory(version, "d").mode(01700).owner(ALICE, STAFF);
        mount(AccessMode.DAEMON);
        assertThat(mount.sh("stat -c '%a %u %g' s/v/f s/v/d").out()).isEqualTo("444 40001 50001\n555 40001 50001\n");
    }

    @Test
    void inDaemonModeRightsOfTheTreeCountAtOnce() throws Exception {
        MemorySpot file = tree.file(version, RawName.ofText("f"), cofre.testkit.versions.Content.of(new byte[] {'x'}));
        file.mode(0644);
        mount(AccessMode.DAEMON);
        assertThat(as(BOB, "", "cat s/v/f")).isEqualTo("x");
        file.mode(0600);
        assertThat(as(BOB, "", "cat s/v/f")).contains("Permission denied");
        assertThat(as(BOB, "", "test -r s/v/f || echo unreadable")).isEqualTo("unreadable\n");
    }
}
