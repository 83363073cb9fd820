package cofre.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The object belongs to user 10 and group 20. Callers: number, colon, groups. Each row says why. */
class DecisionTest {
    @ParameterizedTest(name = "{5}: {0} {1} {2} {3} {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                // mode, f or d | control | caller | want | answer | reason
                "0400 f | -          | 10:99    | read   | yes | the owner's class",
                "0040 f | -          | 10:20    | read   | no  | the owner is asked by his class only",
                "0040 f | -          | 11:20    | read   | yes | the group's class",
                "0004 f | -          | 11:20    | read   | no  | a member of the group is not one of the others",
                "0004 f | -          | 11:99    | read   | yes | others",
                "0040 f | -          | 11:99,20 | read   | yes | a further group counts as well",
                "0700 d | -          | 11:20    | search | no  | private directory",
                "0711 d | -          | 11:99    | search | yes | may be passed through",
                "0711 d | -          | 11:99    | read   | no  | and not listed",
                "0000 f | -          | 0:0      | read   | yes | root reads everything",
                "0644 f | -          | 0:0      | search | no  | not even root runs what nobody may run",
                "0645 f | -          | 0:0      | search | yes | root runs what somebody may run",
                "0000 d | -          | 0:0      | search | yes | root passes through any directory",
                "0000 f | -          | 11:99    | attrs  | yes | stat asks nothing of the object",
                "0000 f | -          | 11:99    | acl    | yes | nor does reading the ACL",
                "0600 f | -          | 11:99    | xattrs | no  | attributes of users need the right to read",
                "0644 f | -          | 11:99    | xattrs | yes | which everybody has here",
                "7604 f | -          | 11:99    | read   | yes | set-user-id and sticky bits change nothing",
                // rights that cannot be told
                "0777 f | ?          | 11:20    | read   | no  | fails closed for group and others",
                "0777 f | ?          | 11:99    | attrs  | no  | not even its size",
                "0777 f | ?          | 11:99    | acl    | no  | nor the rights themselves",
                "0777 d | ?          | 11:20    | search | no  | nor what is below",
                "0777 f | ?          | 11:99    | xattrs | no  | nor attributes",
                "0600 f | ?          | 10:99    | read   | yes | the owner",
                "0000 f | ?          | 10:99    | attrs  | yes | the owner may always look",
                "0000 f | ?          | 10:99    | read   | no  | but not more than the mode gives him",
                "0000 f | ?          | 0:0      | read   | yes | root",
                // POSIX ACLs: o owner, u user, g group, m mask, r others
                "0640 f | o6 u11=4 g4 m4 r0     | 11:99 | read | yes | a named user",
                "0640 f | o6 u11=0 g4 m4 r4     | 11:20 | read | no  | a named user is asked by his entry only",
                "0604 f | o6 u11=4 g4 m0 r4     | 11:99 | read | yes | with an empty mask Linux asks the mode alone",
                "0604 f | o6 u11=4 g4 m0 r4     | 12:20 | read | no  | where the group has nothing",
                "0600 f | o6 u11=4 g4 m0 r0     | 11:99 | read | no  | and the others neither",
                "0610 f | o6 u11=4 g4 m1 r4     | 11:99 | read | no  | the mask holds a named user back",
                "0610 f | o6 u11=4 g4 m1 r4     | 12:20 | read | no  | and the group",
                "0614 f | o6 u11=4 g4 m1 r4     | 12:99 | read | yes | but not the others",
                "0640 f | o6 g0 g30=4 m4 r0     | 11:20,30 | read | yes | any group that grants is enough",
                "0640 f | o6 g4 g30=0 m4 r0     | 11:30,20 | read | yes | whichever comes first",
                "0644 f | o6 g0 g30=0 m4 r4     | 11:20 | read | no  | a group that does not grant shuts the others' way",
                "0644 f | o6 g0 g30=0 m4 r4     | 11:99 | read | yes | somebody of no group is one of the others",
                "0240 f | o2 u10=4 g4 m4 r4     | 10:20 | read | no  | the owner is asked by his class only",
                "0640 f | o6 g4 r0              | 11:20 | read | yes | without a mask the group has its entry",
                "0750 d | o7 u11=1 g5 m5 r0     | 11:99 | search | yes | a named user passes through",
                "0750 d | o7 u11=1 g5 m5 r0     | 11:99 | read | no  | and does not list",
                "0640 f | o6 u11=4 g4 m4 r0     | 12:99 | attrs | yes | stat asks nothing of the object",
                "0640 f | o6 u11=4 g4 m4 r0     | 12:99 | acl  | yes | nor does reading the ACL",
                "0640 f | o6 u11=4 g4 m4 r0     | 11:99 | xattrs | yes | read is enough for attributes of users",
                "0640 f | o6 u11=4 g4 m4 r0     | 12:99 | xattrs | no  | and needed",
                "0000 f | o0 u11=0 g0 m0 r0     | 0:0   | read | yes | root reads everything",
                // NFSv4 ACLs: + allows, ! denies, % audits
                "0640 f | user:11+r             | 11:99 | read | yes | a named user",
                "0644 f | user:12+r             | 11:99 | read | no  | what nobody allows is denied; the mode is not asked",
                "0644 f | user:11!r everyone@+r | 11:99 | read | no  | a denial before",
                "0644 f | everyone@+r user:11!r | 11:99 | read | yes | a denial after comes too late",
                "0644 f | group:30!r group:20+r | 11:20,30 | read | no | one group denied before another",
                "0644 f | group@+r group:30!r   | 11:20,30 | read | yes | the owning group came first",
                "0644 f | owner@!r everyone@+r  | 10:99 | read | no  | the owner is denied like anybody",
                "0644 f | group@!r everyone@+r  | 10:20 | read | no  | owner@ is no class: he is in the group too",
                "0644 f | owner@+r group@!r     | 10:20 | read | yes | unless his own entry came before",
                "0644 f | everyone@+r           | 10:20 | read | yes | everyone is the owner as well",
                "0644 f | user:11!w everyone@+r | 11:99 | read | yes | a denial of something else",
                "0644 d | everyone@+r/i         | 11:99 | read | no  | inherit-only says nothing of the directory itself",
                "0644 d | user:11!r/i everyone@+r | 11:99 | read | yes | nor does an inherit-only denial",
                "0644 f | everyone@+r/i         | 11:99 | read | yes | of a file ZFS asks it as it stands",
                "0644 d | everyone@+r/fd        | 11:99 | read | yes | inherited and effective",
                "0644 d | everyone@+r           | 11:99 | search | no | listing is not passing through",
                "0755 d | everyone@+x           | 11:99 | search | yes | passing through",
                "0755 d | everyone@+x           | 11:99 | read | no  | is not listing",
                "0755 d | everyone@+x user:11!x | 11:99 | search | yes | order again",
                "0644 f | everyone@+x           | 11:99 | search | no | run needs an x in the mode too",
                "0755 f | everyone@+x           | 11:99 | search | yes | as here",
                "0644 f | user:11%r everyone@+r | 11:99 | read | yes | audit entries do not decide",
                "0644 f | user:11%r             | 11:99 | read | no  | in neither direction",
                "0000 f | user:12!rac           | 0:0   | read | yes | root reads everything",
                "0644 f | everyone@!a           | 10:99 | attrs | yes | the owner may always look",
                "0644 f | everyone@!a           | 11:99 | attrs | no  | others may be kept from it",
                "0644 f | user:12+r             | 11:99 | attrs | no  | or not be let",
                "0644 f | user:12+r everyone@+a | 11:99 | attrs | yes | unless they are",
                "0400 f | owner@+r              | 11:99 | attrs | yes | ZFS does not ask a list that is no more than a mode",
                "0644 f | everyone@!c           | 10:99 | acl  | yes | the owner may always read the rights",
                "0644 f | everyone@!c           | 11:99 | acl  | no  | others may be kept from it",
                "0644 f | everyone@+c           | 11:99 | acl  | yes | or let",
                "0644 f | everyone@+rR          | 11:99 | xattrs | yes | both rights",
                "0644 f | everyone@+r           | 11:99 | xattrs | no | the list withholds attributes",
                "0644 f | everyone@+R           | 11:99 | xattrs | no | the kernel asks for the right to read",
                "0644 f | owner@!R everyone@+rR | 10:99 | xattrs | no | the owner has no privilege here",
            })
    void decides(String object, String control, String caller, String want, String answer, String why)
            throws AclFormatException {
        String[] parts = object.split(" ", -1);
        Rights rights =
                new Rights(10, 20, Integer.parseInt(parts[0], 8), parts[1].equals("d"), Shorthand.control(control));
        boolean permitted = Decision.permits(rights, caller(caller), want(want));
        assertThat(permitted).as(why).isEqualTo(answer.equals("yes"));
        assertThat(Oracle.permits(rights, caller(caller), want(want)))
                .as("the oracle: " + why)
                .isEqualTo(permitted);
    }

    private static Caller caller(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> groups =
                Arrays.stream(parts[1].split(",", -1)).map(Long::valueOf).collect(Collectors.toSet());
        return new Caller(Long.parseLong(parts[0]), groups);
    }

    private static Want want(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "read" -> Want.READ;
            case "search" -> Want.SEARCH;
            case "attrs" -> Want.ATTRIBUTES;
            case "xattrs" -> Want.NAMED_ATTRIBUTES;
            case "acl" -> Want.ACL;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Rights dir(int mode, Control control) {
        return new Rights(10, 20, mode, true, control);
    }

    private static final Rights OPEN_FILE = new Rights(10, 20, 0644, false, Control.MODE_ONLY);

    @Test
    void everyAncestorMustLetThrough() throws AclFormatException {
        Caller bob = new Caller(11, Set.of(99L));
        Rights open = dir(0755, Control.MODE_ONLY);
        Rights shut = dir(0755, Shorthand.control("user:11!x everyone@+rx"));
        assertThat(Chain.permits(List.of(open, open, OPEN_FILE), bob, Want.READ))
                .isTrue();
        assertThat(Chain.permits(List.of(OPEN_FILE), bob, Want.READ)).isTrue();
        for (Want want : Want.values()) {
            assertThat(Chain.permits(List.of(shut, open, OPEN_FILE), bob, want)).isFalse();
            assertThat(Chain.permits(List.of(open, shut, OPEN_FILE), bob, want)).isFalse();
            assertThat(Chain.permits(List.of(open, dir(0777, Control.UNKNOWN), OPEN_FILE), bob, want))
                    .isFalse();
        }
        assertThat(Chain.permits(List.of(open, shut), bob, Want.READ)).isTrue(); // the last one is not passed through
    }

    @Test
    void aFileOnTheWayLeadsNowhere() {
        Caller root = new Caller(0, Set.of(0L));
        Rights program = new Rights(10, 20, 0755, false, Control.MODE_ONLY);
        assertThat(Chain.permits(List.of(program, OPEN_FILE), root, Want.READ)).isFalse();
    }
}
