package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XattrsTest {
    private static final Xattrs XATTRS = POSIX.xattrs();
    private static final RawName ODD = name('a', '\n', 0xe9, 0xff);
    private static final XattrName BINARY = XattrName.of(new byte[] {'u', 's', 'e', 'r', '.', (byte) 0xe9, '\n', '/'});
    private static final XattrName EMPTY = XattrName.ofText("user.empty");

    @TempDir
    private Path temp;

    private Fd dir;

    @BeforeEach
    void openDirectory() throws PosixException {
        dir = directory(temp);
        make(dir, ODD, (byte) 1);
    }

    @AfterEach
    void closeDirectory() {
        dir.close();
    }

    @Test
    void keepsBinaryValuesOfOpenFiles() throws PosixException {
        byte[] value = new byte[3000];
        new Random(2).nextBytes(value);
        try (Fd file = POSIX.files().openAt(dir, ODD, OpenFlags.READ)) {
            assertThat(XATTRS.list(file)).isEmpty();
            XATTRS.set(file, EMPTY, new byte[0]);
            XATTRS.set(file, BINARY, new byte[] {1});
            XATTRS.set(file, BINARY, value);
            assertThat(XATTRS.list(file)).containsExactly(EMPTY, BINARY);
            assertThat(XATTRS.get(file, BINARY)).hasValue(value);
            assertThat(XATTRS.get(file, EMPTY)).hasValue(new byte[0]);
            assertThat(XATTRS.get(file, XattrName.ofText("user.none"))).isEmpty();
            XATTRS.remove(file, EMPTY);
            XATTRS.remove(file, EMPTY);
            assertThat(XATTRS.list(file)).containsExactly(BINARY);
            assertErrno(Errno.E2BIG, () -> XATTRS.set(file, EMPTY, new byte[65537]));
            assertErrno(Errno.E2BIG, () -> XATTRS.set(file, EMPTY, new byte[1 << 20]));
        }
        assertThat(XATTRS.listAt(dir, ODD)).containsExactly(BINARY);
        assertThat(XATTRS.getAt(dir, ODD, BINARY)).hasValue(value);
    }

    @Test
    void readsAndSetsThoseOfALinkItself() throws PosixException {
        assumeTrue(PosixFixture.isRoot());
        XattrName trusted = XattrName.ofText("trusted.cofre");
        RawName link = name("link");
        POSIX.nodes().symlinkAt(ODD.bytes(), dir, link);
        XATTRS.setAt(dir, ODD, EMPTY, new byte[] {1});
        XATTRS.setAt(dir, link, trusted, new byte[] {2});
        assertThat(XATTRS.listAt(dir, link)).containsExactly(trusted);
        assertThat(XATTRS.getAt(dir, link, trusted)).hasValue(new byte[] {2});
        assertThat(XATTRS.getAt(dir, link, EMPTY)).isEmpty();
        assertThat(XATTRS.listAt(dir, ODD)).containsExactly(EMPTY);
        assertErrno(Errno.EPERM, () -> XATTRS.setAt(dir, link, EMPTY, new byte[] {3}));
    }

    @Test
    void staysInTheHeldDirectoryWhenItIsRenamed() throws Exception {
        POSIX.nodes().mkdirAt(dir, name("sub"), 0700);
        try (Fd sub = POSIX.files().openAt(dir, name("sub"), OpenFlags.REAL_DIRECTORY)) {
            make(sub, ODD);
            POSIX.nodes().renameAt(dir, name("sub"), dir, name("moved"));
            XATTRS.setAt(sub, ODD, EMPTY, new byte[] {9});
            assertThat(XATTRS.getAt(sub, ODD, EMPTY)).hasValue(new byte[] {9});
        }
        assertThat(XATTRS.listAt(dir, ODD)).isEmpty();
        POSIX.nodes().mkfifoAt(dir, name("fifo"), 0600);
        assertThat(XATTRS.listAt(dir, name("fifo"))).isEmpty();
        assertErrno(Errno.ENOENT, () -> XATTRS.listAt(dir, name("none")));
    }

    @Test
    void refusesNamesThatCannotBe() {
        assertThatThrownBy(() -> XattrName.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> XattrName.of(new byte[] {'u', 0})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> XattrName.of(new byte[300])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void splitsFreeBsdsListsAndChecksThem() throws PosixException {
        byte[] list = {3, 'a', 'b', 'c', 1, (byte) 0xff};
        assertThat(FreeBsdXattrs.split(list, "user."))
                .containsExactly(XattrName.ofText("user.abc"), XattrName.of(new byte[] {'u', 's', 'e', 'r', '.', -1}));
        assertThat(FreeBsdXattrs.split(new byte[0], "user.")).isEmpty();
        assertErrno(Errno.EIO, () -> FreeBsdXattrs.split(new byte[] {4, 'a', 'b', 'c'}, "user."));
        assertErrno(Errno.EIO, () -> FreeBsdXattrs.split(new byte[] {0, 1, 'a'}, "user."));
    }

    @Test
    void mapsFreeBsdsNamespaces() throws PosixException {
        assertThat(FreeBsdXattrs.namespace(XattrName.ofText("user.x"))).isEqualTo(1);
        assertThat(FreeBsdXattrs.namespace(XattrName.ofText("system.x"))).isEqualTo(2);
        assertErrno(Errno.EOPNOTSUPP, () -> FreeBsdXattrs.namespace(XattrName.ofText("trusted.x")));
    }

    @Test
    void spellsNamesAsResticDoesAndReadsThemBack() {
        assertSpelling("user.DOSATTRIB", "user.DOSATTRIB", "DOSATTRIB");
        assertSpelling("user.user.x", "user.user.x", "user.user.x");
        assertSpelling("user.system.x", "user.system.x", "user.system.x");
        assertSpelling("system.posix1e.acl_access", "system.posix1e.acl_access", "system.posix1e.acl_access");
        assertSpelling("user.user.", "user.user.", "user.");
        assertSpelling("user.", "user.", "user.");
        assertThat(XattrNaming.fromRepository("DOSATTRIB".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(XattrName.ofText("user.DOSATTRIB"));
    }

    private static void assertSpelling(String name, String linux, String freeBsd) {
        XattrName attribute = XattrName.ofText(name);
        assertThat(new String(XattrNaming.LINUX.toRepository(attribute), StandardCharsets.US_ASCII))
                .isEqualTo(linux);
        assertThat(new String(XattrNaming.FREEBSD.toRepository(attribute), StandardCharsets.US_ASCII))
                .isEqualTo(freeBsd);
        if (!name.equals("user.")) {
            assertThat(XattrNaming.fromRepository(XattrNaming.FREEBSD.toRepository(attribute)))
                    .isEqualTo(attribute);
        }
        assertThat(XattrNaming.fromRepository(XattrNaming.LINUX.toRepository(attribute))
                        .toString())
                .isIn(name, "user." + name);
    }
}
