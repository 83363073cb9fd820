package cofre.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Nfs4AclTest {
    private static final String USUAL = "owner@:rw-p--aARWcCos:-------:allow,group@:r-----a-R-c--s:-------:allow,"
            + "everyone@:r-----a-R-c--s:-------:allow";

    @ParameterizedTest
    @ValueSource(
            strings = {
                USUAL,
                "user:1001:r-----a-R-c---:fd-----:allow",
                "group:4294967294:rwxpDdaARWcCos:fdinSFI:deny,everyone@:--------------:-------:allow",
                "user:0:-------------s:------I:audit,group:0:--------------:-------:alarm"
            })
    void whatWasWrittenIsReadAndWrittenAgainAsItIs(String text) throws AclFormatException {
        assertThat(Nfs4Acl.parse(text).text()).isEqualTo(text);
    }

    /** Left as setfacl(1) takes it, right as it is written. */
    static Stream<List<String>> otherSpellings() {
        return Stream.of(
                List.of("u:5:r:allow", "user:5:r-------------:-------:allow"), // short, without flags
                List.of("g:5:xwr:df:deny", "group:5:rwx-----------:fd-----:deny"), // letters in any order
                List.of("owner@:read_data/execute::allow", "owner@:r-x-----------:-------:allow"), // words
                List.of("group@:read_set:file_inherit/inherit_only:allow", "group@:r-----a-R-c---:f-i----:allow"),
                List.of("everyone@:full_set:allow", "everyone@:rwxpDdaARWcCos:-------:allow"),
                List.of("everyone@:modify_set:allow", "everyone@:rwxpDdaARWc--s:-------:allow"),
                List.of("everyone@:write_set/read_acl:inherited:allow", "everyone@:-w-p---A-Wc---:------I:allow"),
                List.of("everyone@::allow", "everyone@:--------------:-------:allow"));
    }

    @ParameterizedTest
    @MethodSource("otherSpellings")
    void takesWhatSetfaclTakes(List<String> pair) throws AclFormatException {
        assertThat(Nfs4Acl.parse(pair.get(0)).text()).isEqualTo(pair.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // an empty list denies everything, and no file system has one
                ",",
                "unreadable", // what a backup writes when it could not read it
                "owner@",
                "owner@:r",
                "owner@:r:-:allow:5", // an appended id is for names
                "owner@:5:r-------------:-------:allow:",
                "user:r-------------:-------:allow",
                "user:alice:r-------------:-------:allow", // a name may mean somebody else here
                "user:4294967295:r-------------:-------:allow", // no user
                "user:-1:r-------------:-------:allow",
                "user:01:r-------------:-------:allow", // would be written otherwise
                "user:99999999999:r-------------:-------:allow",
                "user:٣:r-------------:-------:allow", // a digit, but not one of ours
                "mask::r-------------:-------:allow",
                "owner@:q-------------:-------:allow",
                "owner@:r-------------:x:allow",
                "owner@:r-------------:-------:ALLOW",
                "owner@:r-------------:-------:permit",
                "owner@:read_data/:allow",
                "owner@:r-------------:-------:allow,",
                " owner@:r-------------:-------:allow",
                "owner@:r-------------:-------:allow\n"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Nfs4Acl.parse(text)).isInstanceOf(AclFormatException.class);
    }

    @Test
    void refusesMoreEntriesThanTheSystemHas() throws AclFormatException {
        String one = "owner@:r-------------:-------:allow";
        assertThat(Nfs4Acl.parse(String.join(",", Collections.nCopies(254, one)))
                        .entries())
                .hasSize(254);
        assertThatThrownBy(() -> Nfs4Acl.parse(String.join(",", Collections.nCopies(255, one))))
                .isInstanceOf(AclFormatException.class)
                .hasMessageContaining("254");
        assertThatThrownBy(() -> Nfs4Acl.parse("x".repeat(70_000))).hasMessageContaining("70000 characters");
    }

    @Test
    void anAttackersTextDoesNotGetIntoTheMessage() {
        assertThatThrownBy(() -> Nfs4Acl.parse("\u001b[2Jowned" + "x".repeat(500) + ":r:allow"))
                .isInstanceOf(AclFormatException.class)
                .hasMessageNotContaining("\u001b")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    /** Laid out by hand from sys/acl.h: maxcnt 254, cnt 2, four spare words; owner@ and user 1001. */
    private static final String IMAGE = "fe000000" + "02000000" + "00000000".repeat(4) //
            + "01000000" + "ffffffff" + "08000000" + "0001" + "0000" // owner@ r allow
            + "02000000" + "e9030000" + "49120000" + "0002" + "8b00"; // user:1001 r x a R c, f d i I, deny

    @Test
    void theStructIsFreeBsds() throws AclFormatException {
        Nfs4Acl acl = Nfs4Acl.parse("owner@:r-------------:-------:allow,user:1001:r-x---a-R-c---:fdi---I:deny");
        byte[] image = acl.struct();
        assertThat(image).hasSize(4088); // one page less eight bytes
        org.junit.jupiter.api.Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        assertThat(HexFormat.of().formatHex(image, 0, 56)).isEqualTo(IMAGE);
        assertThat(Nfs4Acl.ofStruct(image)).isEqualTo(acl);
    }

    @Test
    void aStructIsReadWithinItsBounds() {
        byte[] none = new byte[4088];
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(none)).hasMessageContaining("0 entries");
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(new byte[7])).isInstanceOf(AclFormatException.class);
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(4, 255))).hasMessageContaining("255 entries");
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(4, -1))).isInstanceOf(AclFormatException.class);
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(24, 0x10))).hasMessageContaining("tag 0x10"); // a mask
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(28, 7))).hasMessageContaining("number 7"); // owner@ with one
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(32, 2))).hasMessageContaining("permissions 0x2"); // POSIX's w
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(36, 0x300))).hasMessageContaining("type 0x300");
        assertThatThrownBy(() -> Nfs4Acl.ofStruct(with(36, 0x400100))).hasMessageContaining("flags 0x40");
    }

    private static byte[] with(int at, int value) {
        byte[] image = Nfs4Acl.ofMode(0644).struct();
        ByteBuffer.wrap(image).order(ByteOrder.nativeOrder()).putInt(at, value);
        return image;
    }

    @Test
    void everyListComesBackFromBothForms() throws AclFormatException {
        RandomRights random = new RandomRights(new Random(7));
        for (int i = 0; i < 20_000; i++) {
            Nfs4Acl acl = random.nfs4Acl();
            assertThat(Nfs4Acl.parse(acl.text())).isEqualTo(acl);
            assertThat(Nfs4Acl.ofStruct(acl.struct())).isEqualTo(acl);
        }
    }

    @Test
    void garbageIsRefusedOrUnderstoodButNeverElse() {
        Random random = new Random(8);
        String letters = "ownergp@:,-rwxpDdaARWcCos0123fdinSFIalldeny/_";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(USUAL);
            for (int k = 0; k < 4; k++) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            byte[] image = Nfs4Acl.ofMode(0640).struct();
            for (int k = 0; k < 4; k++) {
                image[random.nextInt(80)] = (byte) random.nextInt();
            }
            try {
                Nfs4Acl read = Nfs4Acl.parse(text.toString());
                assertThat(Nfs4Acl.parse(read.text())).isEqualTo(read);
                read = Nfs4Acl.ofStruct(image);
                assertThat(Nfs4Acl.ofStruct(read.struct())).isEqualTo(read);
            } catch (AclFormatException e) {
                assertThat(e).hasMessageStartingWith("cannot read access control list");
            }
        }
    }

    /** As getfacl shows files on FreeBSD's ZFS that have only a mode. */
    static Stream<List<Object>> trivial() {
        return Stream.of(
                List.of(0644, USUAL),
                List.of(
                        0750,
                        "owner@:rwxp--aARWcCos:-------:allow,group@:r-x---a-R-c--s:-------:allow,"
                                + "everyone@:------a-R-c--s:-------:allow"),
                // others may what the group may not: the owner, who may be in the group, gets it before
                List.of(
                        0604,
                        "owner@:r-------------:-------:allow,group@:r-------------:-------:deny,"
                                + "owner@:rw-p--aARWcCos:-------:allow,group@:------a-R-c--s:-------:allow,"
                                + "everyone@:r-----a-R-c--s:-------:allow"),
                // the owner may less than the others
                List.of(
                        0077,
                        "owner@:rwxp----------:-------:deny,owner@:------aARWcCos:-------:allow,"
                                + "group@:rwxp--a-R-c--s:-------:allow,everyone@:rwxp--a-R-c--s:-------:allow"),
                // the six entries of the draft, as UFS and old ZFS make them
                List.of(
                        0644,
                        "owner@:--x-----------:-------:deny,owner@:rw-p---A-W-Co-:-------:allow,"
                                + "group@:-wxp----------:-------:deny,group@:r-------------:-------:allow,"
                                + "everyone@:-wxp---A-W-Co-:-------:deny,everyone@:r-----a-R-c--s:-------:allow"));
    }

    @ParameterizedTest
    @MethodSource("trivial")
    void knowsAListThatOnlySaysTheMode(List<Object> pair) throws AclFormatException {
        Nfs4Acl acl = Nfs4Acl.parse((String) pair.get(1));
        int mode = (Integer) pair.get(0);
        assertThat(acl.isTrivial(mode)).isTrue();
        assertThat(acl.isTrivial(mode | 04000)).isTrue(); // set-user-id is no matter of the list
        for (int other = 0; other <= 0777; other++) {
            assertThat(acl.isTrivial(other)).as("mode %o", other).isEqualTo(other == mode);
        }
    }

    @Test
    void anythingMoreIsNotTrivial() throws AclFormatException {
        assertThat(Nfs4Acl.parse(USUAL + ",user:5:r-------------:-------:allow").isTrivial(0644))
                .isFalse();
        assertThat(Nfs4Acl.parse(USUAL.replace("s:-------:allow,g", "s:f------:allow,g"))
                        .isTrivial(0644))
                .isFalse();
        assertThat(Nfs4Acl.parse("owner@:r-------------:-------:allow").isTrivial(0400))
                .isFalse();
    }

    /** The list made of a mode and the mode say the same about everybody. */
    @Test
    void aTrivialListDecidesAsItsMode() {
        RandomRights random = new RandomRights(new Random(9));
        for (int mode = 0; mode <= 0777; mode++) {
            for (Nfs4Acl acl : List.of(Nfs4Acl.ofMode(mode), Nfs4Trivial.draft(mode))) {
                for (int i = 0; i < 20; i++) {
                    Caller caller = random.caller();
                    Rights plain = new Rights(1001, 101, mode, i % 2 == 0, Control.MODE_ONLY);
                    Rights listed = new Rights(1001, 101, mode, i % 2 == 0, new Control.Nfs4(acl));
                    for (Want want : Want.values()) {
                        assertThat(Decision.permits(listed, caller, want))
                                .as("%o %s %s", mode, caller, want)
                                .isEqualTo(Decision.permits(plain, caller, want));
                    }
                }
            }
        }
    }
}
