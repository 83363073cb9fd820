package cofre.walk;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.acl.Nfs4Acl;
import cofre.format.RightsModel;
import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.Nfs4Acls;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclReaderTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    @TempDir
    private Path temp;

    private Fd dir;
    private final Keeper acls = new Keeper();

    /** A FreeBSD whose every file has one list. */
    private static final class Keeper implements Nfs4Acls {
        byte[] image = Nfs4Acl.ofMode(0640).struct();
        boolean kept = true;
        boolean works = true;

        @Override
        public boolean areKept() {
            return true;
        }

        @Override
        public boolean areKeptBy(Fd file) {
            return kept;
        }

        @Override
        public byte[] get(Fd file) throws PosixException {
            if (!works) {
                return Nfs4Acls.NONE.get(file); // fails
            }
            return image;
        }

        @Override
        public byte[] getAt(Fd dir, RawName name) throws PosixException {
            return get(dir);
        }

        @Override
        public void set(Fd file, byte[] acl) {
            image = acl;
        }
    }

    @BeforeEach
    void open() throws PosixException {
        dir = POSIX.files().open(temp.toString().getBytes(StandardCharsets.UTF_8), OpenFlags.READ.directory());
    }

    @AfterEach
    void close() {
        dir.close();
    }

    @Test
    void aListThatSaysOnlyTheModeIsNotKept() throws PosixException {
        AclReader reader = AclReader.below(dir, acls);
        assertThat(reader.model()).isEqualTo(RightsModel.NFS4);
        assertThat(reader.of(dir, reader.areKeptBy(dir), 0640)).isEmpty();
        assertThat(reader.of(dir, true, 0644))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("owner@:")); // the mode says something else: then the list is what counts
    }

    @Test
    void aListIsKeptAsItsText() throws Exception {
        String text = "user:1001:r-----a-R-c---:fd-----:deny,everyone@:r-----a-R-c--s:-------:allow";
        acls.image = Nfs4Acl.parse(text).struct();
        AclReader reader = AclReader.below(dir, acls);
        assertThat(reader.of(dir, true, 0444)).hasValue(text);
        assertThat(reader.of(dir, RawName.ofText("x"), true, 0444)).hasValue(text);
    }

    @Test
    void whatCannotBeReadIsNotTakenForNothing() throws PosixException {
        AclReader reader = AclReader.below(dir, acls);
        acls.works = false;
        assertThat(reader.of(dir, true, 0640)).hasValue("unreadable");
        acls.works = true;
        acls.image = new byte[4088]; // no entries
        assertThat(reader.of(dir, true, 0640)).hasValue("unreadable");
    }

    @Test
    void anotherFileSystemBelowTheRootHasRightsNobodyReads() throws PosixException {
        AclReader reader = AclReader.below(dir, acls);
        acls.kept = false;
        assertThat(reader.of(dir, reader.areKeptBy(dir), 0640)).hasValue("unreadable");
    }

    @Test
    void aTreeWithoutListsPromisesNothing() throws PosixException {
        acls.kept = false;
        AclReader reader = AclReader.below(dir, acls);
        assertThat(reader.model()).isEqualTo(RightsModel.NONE);
        assertThat(reader.of(dir, reader.areKeptBy(dir), 0640)).isEmpty();
    }

    @Test
    void whereThereAreNoneAtAllPosixAclsAreAttributes() throws PosixException {
        AclReader reader = AclReader.below(dir, Nfs4Acls.NONE);
        assertThat(reader.model()).isEqualTo(RightsModel.POSIX);
        assertThat(reader.of(dir, reader.areKeptBy(dir), 0640)).isEmpty();
    }
}
