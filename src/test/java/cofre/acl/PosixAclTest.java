package cofre.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixAclTest {
    /** What getxattr gives after setfacl -m u:1001:r on a file of mode 0640. */
    private static final String REAL = "02000000" + "01000600ffffffff" + "02000400e9030000" + "04000400ffffffff"
            + "10000400ffffffff" + "20000000ffffffff";

    private static PosixAcl read(String hex) throws AclFormatException {
        return PosixAcl.ofXattr(HexFormat.of().parseHex(hex));
    }

    @Test
    void readsWhatLinuxKeeps() throws AclFormatException {
        PosixAcl acl = read(REAL);
        assertThat(acl.entries())
                .containsExactly(
                        new PosixAcl.Entry(PosixAcl.Tag.OWNER, 0, 6),
                        new PosixAcl.Entry(PosixAcl.Tag.USER, 1001, 4),
                        new PosixAcl.Entry(PosixAcl.Tag.OWNING_GROUP, 0, 4),
                        new PosixAcl.Entry(PosixAcl.Tag.MASK, 0, 4),
                        new PosixAcl.Entry(PosixAcl.Tag.OTHER, 0, 0));
        assertThat(HexFormat.of().formatHex(acl.xattr())).isEqualTo(REAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "02000000", // no entry: not even the classes of the mode
                "01000000" + "01000600ffffffff" + "04000400ffffffff" + "20000000ffffffff", // version 1
                "02000000" + "01000600ffffffff" + "04000400ffffffff" + "20000000ffffff", // cut off
                "02000000" + "01000600ffffffff" + "04000400ffffffff", // no others
                "02000000" + "04000400ffffffff" + "01000600ffffffff" + "20000000ffffffff", // order
                "02000000" + "01000600ffffffff" + "01000600ffffffff" + "04000400ffffffff" + "20000000ffffffff", // twice
                "02000000" + "01000600ffffffff" + "02000400e9030000" + "04000400ffffffff"
                        + "20000000ffffffff", // no mask
                "02000000" + "01000600ffffffff" + "02000400ffffffff" + "04000400ffffffff" + "10000400ffffffff"
                        + "20000000ffffffff", // a user who is nobody
                "02000000" + "01000e00ffffffff" + "04000400ffffffff" + "20000000ffffffff", // a fourth permission
                "02000000" + "01000600e9030000" + "04000400ffffffff" + "20000000ffffffff", // owner with a number
                "02000000" + "01000600ffffffff" + "04000400ffffffff" + "40000000ffffffff" // everyone@ is no POSIX word
            })
    void refusesWhatTheKernelWouldNotKeep(String hex) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOf(AclFormatException.class)
                .hasMessageStartingWith("cannot read POSIX ACL");
    }

    @Test
    void refusesMoreThanAnAttributeHolds() {
        assertThatThrownBy(() -> PosixAcl.ofXattr(new byte[4 + 8 * 8192])).isInstanceOf(AclFormatException.class);
    }

    @Test
    void everyListComesBack() throws AclFormatException {
        RandomRights random = new RandomRights(new Random(5));
        for (int i = 0; i < 10_000; i++) {
            PosixAcl acl = random.posixAcl();
            assertThat(PosixAcl.ofXattr(acl.xattr())).isEqualTo(acl);
        }
    }
}
