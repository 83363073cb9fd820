package cofre.target;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.acl.Nfs4Acl;
import cofre.format.GenericAttributes;
import cofre.format.Metadata;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.FileStat;
import cofre.posix.FlagSetter;
import cofre.posix.Nfs4Acls;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.restore.Lack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights put back: on the system here, and on one that keeps NFSv4 ACLs as ZFS on FreeBSD does. */
class RightsSetterTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);
    private static final RawPath PATH = RawPath.of("/x".getBytes(StandardCharsets.UTF_8));
    private static final RawName NAME = RawName.ofText("x");
    private static final String KEEPS_BOB_OUT =
            "user:1001:r-------------:-------:deny,everyone@:r-----a-R-c--s:-------:allow";
    private static final String LETS_BOB_IN =
            "user:1001:r-------------:-------:allow,owner@:rw-p--aARWcCos:-------:allow";

    @TempDir
    private Path temp;

    private Fd dir;
    private Fd file;
    private final List<Lack> lacks = new ArrayList<>();

    @BeforeEach
    void make() throws PosixException {
        dir = POSIX.files().open(temp.toString().getBytes(StandardCharsets.UTF_8), OpenFlags.READ.directory());
        file = POSIX.files().openAt(dir, NAME, OpenFlags.NEW_FILE, 0600);
    }

    @AfterEach
    void close() {
        file.close();
        dir.close();
    }

    /** ZFS with aclmode=restricted: a list that says more than the mode forbids chmod; one that is set makes the mode. */
    private final class Zfs implements Nfs4Acls {
        Nfs4Acl list = parsed("user:1002:rw------------:------I:allow"); // inherited from the directory
        final List<String> done = new ArrayList<>();
        boolean refuses;

        @Override
        public boolean areKept() {
            return true;
        }

        @Override
        public boolean areKeptBy(Fd file) {
            return true;
        }

        @Override
        public byte[] get(Fd file) {
            return list.struct();
        }

        @Override
        public byte[] getAt(Fd dir, RawName name) {
            return list.struct();
        }

        @Override
        public void set(Fd file, byte[] acl) throws PosixException {
            try {
                list = Nfs4Acl.ofStruct(acl);
            } catch (cofre.acl.AclFormatException e) {
                throw new AssertionError(e);
            }
            done.add(String.format("list %s, mode %o", list.text(), mode()));
            if (refuses && list.text().startsWith("user:1001")) {
                Nfs4Acls.NONE.set(file, acl); // as one that cannot
            }
        }
    }

    private static Nfs4Acl parsed(String text) {
        try {
            return Nfs4Acl.parse(text);
        } catch (cofre.acl.AclFormatException e) {
            throw new AssertionError(e);
        }
    }

    private int mode() throws PosixException {
        return POSIX.directories().stat(file).mode();
    }

    private static Metadata metadata(Optional<String> acl, String flags, Xattr... xattrs) {
        Instant time = Instant.ofEpochSecond(1_000_000);
        return new Metadata(
                0644, time, time, time, 0, 0, "", "", 1, 0, 1, List.of(xattrs), GenericAttributes.of(acl, flags, time));
    }

    private void set(Nfs4Acls acls, Metadata metadata) {
        new RightsSetter(POSIX.nodes(), acls).set(file, PATH, metadata, 04644, lacks);
    }

    @Test
    void aListIsSetAfterTheModeThatWouldRewriteIt() throws PosixException {
        Zfs zfs = new Zfs();
        set(zfs, metadata(Optional.of(KEEPS_BOB_OUT), ""));
        assertThat(zfs.done)
                .containsExactly(
                        "list " + Nfs4Acl.ofMode(0644).text()
                                + ", mode 600", // what was inherited is gone, chmod may follow
                        "list " + KEEPS_BOB_OUT + ", mode 4644");
        assertThat(lacks).isEmpty();
    }

    @Test
    void whatIsInheritedDoesNotStayOnAFileThatHadNoList() {
        Zfs zfs = new Zfs();
        set(zfs, metadata(Optional.empty(), ""));
        assertThat(zfs.list).isEqualTo(Nfs4Acl.ofMode(0644));
        zfs.done.clear();
        set(zfs, metadata(Optional.empty(), ""));
        assertThat(zfs.done).isEmpty(); // it is already so
    }

    @Test
    void aListThatKeepsSomeOutAndCannotBeSetLeavesItToTheOwner() throws PosixException {
        set(Nfs4Acls.NONE, metadata(Optional.of(KEEPS_BOB_OUT), ""));
        assertThat(mode()).isEqualTo(04600);
        assertThat(lacks).singleElement().satisfies(lack -> {
            assertThat(lack.kind()).isEqualTo(Lack.Kind.ATTRIBUTES);
            assertThat(lack.why()).contains("access list of \"/x\"", "only its owner");
        });
    }

    @Test
    void aListThatOnlyLetsMoreInLeavesTheMode() throws PosixException {
        set(Nfs4Acls.NONE, metadata(Optional.of(LETS_BOB_IN), ""));
        assertThat(mode()).isEqualTo(04644);
        assertThat(lacks).hasSize(1);
    }

    @Test
    void aListThatTheFileSystemRefusesIsAsOneThatCannotBeSet() throws PosixException {
        Zfs zfs = new Zfs();
        zfs.refuses = true;
        set(zfs, metadata(Optional.of(KEEPS_BOB_OUT), ""));
        assertThat(mode()).isEqualTo(04600);
        assertThat(lacks).hasSize(1);
    }

    @Test
    void aListNobodyCanReadFailsClosed() throws PosixException {
        for (String hostile : List.of("unreadable", "", "owner@:rwx:allow,\u0000", "everyone@:rwx")) {
            for (Nfs4Acls acls : List.of(Nfs4Acls.NONE, new Zfs())) {
                lacks.clear();
                set(acls, metadata(Optional.of(hostile), ""));
                assertThat(mode()).as(hostile).isEqualTo(04600);
                assertThat(lacks).hasSize(1);
            }
        }
    }

    @Test
    void aPosixAclThatCannotBeSetLeavesNoMoreThanItGave() {
        // owner rw, user 1001 nothing, group r, mask rw, others r
        byte[] value = HexFormat.of()
                .parseHex("02000000" + "01000600ffffffff" + "02000000e9030000" + "04000400ffffffff" + "10000600ffffffff"
                        + "20000400ffffffff");
        Xattr acl = new Xattr("system.posix_acl_access".getBytes(StandardCharsets.US_ASCII), value);
        assertThat(RightsSetter.isPosixAcl(acl)).isTrue();
        assertThat(RightsSetter.modeWithout(acl, 0664)).isEqualTo(0600); // user 1001 may be in the group
        assertThat(RightsSetter.modeWithout(new Xattr(acl.name(), new byte[3]), 02775))
                .isEqualTo(02700);
    }

    /** One file that is immutable. */
    private static final class Flags implements FlagSetter {
        final List<Long> set = new ArrayList<>();

        @Override
        public boolean isOfUse() {
            return true;
        }

        @Override
        public void set(Fd file, long flags) {
            set.add(flags);
        }

        @Override
        public void setAt(Fd dir, RawName name, long flags) {
            set.add(flags);
        }
    }

    @Test
    void flagsArePutOnAndWhatIsNotKnownIsLacking() {
        Flags flags = new Flags();
        FlagKeeper keeper = new FlagKeeper(POSIX.directories(), flags);
        keeper.set(file, PATH, metadata(Optional.empty(), "schg,hidden"), lacks);
        keeper.setAt(dir, NAME, PATH, metadata(Optional.empty(), "uchg"), lacks);
        keeper.set(file, PATH, metadata(Optional.empty(), ""), lacks); // has none: nothing to do
        keeper.setAt(dir, NAME, PATH, metadata(Optional.empty(), ""), lacks);
        assertThat(flags.set).containsExactly(0x28000L, 2L);
        assertThat(lacks).isEmpty();
        keeper.set(file, PATH, metadata(Optional.empty(), "schg,unheard"), lacks);
        assertThat(flags.set).hasSize(2); // none rather than some
        assertThat(lacks).hasSize(1);
    }

    @Test
    void flagsThatThisSystemLacksAreTold() throws PosixException {
        FlagKeeper keeper = new FlagKeeper(POSIX.directories(), FlagSetter.NONE);
        keeper.free(file);
        keeper.freeAt(dir, RawName.ofText("nothing"));
        keeper.set(file, PATH, metadata(Optional.empty(), "uchg"), lacks);
        assertThat(lacks)
                .singleElement()
                .satisfies(lack -> assertThat(lack.why()).contains("this system has none"));
    }

    @Test
    void whatIsInTheWayIsFreedOnlyWhereItIsImmutable() throws PosixException {
        Flags flags = new Flags();
        FileStat plain = POSIX.directories().stat(file);
        FlagKeeper keeper = new FlagKeeper(new FlaggedDirectories(POSIX.directories(), 0x8000), flags);
        keeper.freeAt(dir, NAME);
        keeper.free(file);
        assertThat(flags.set).isEmpty();
        keeper = new FlagKeeper(new FlaggedDirectories(POSIX.directories(), 0x20002), flags);
        keeper.freeAt(dir, NAME);
        keeper.free(file);
        keeper.freeAt(dir, RawName.ofText("nothing"));
        assertThat(flags.set).containsExactly(0L, 0L);
        assertThat(plain.flags()).isZero();
    }
}
