package cofre.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A list that cannot be put back leaves a mode that gives nobody but the owner more than the list gave. */
class ModeWithoutTest {
    private static final int CASES = 60_000;
    private final RandomRights random = new RandomRights(new Random(77));

    @Test
    void thatOfAPosixAclGivesNoMore() {
        int given = 0;
        for (int i = 0; i < CASES; i++) {
            PosixAcl acl = random.posixAcl();
            Rights listed = new Rights(random.user(), random.group(), modeOf(acl), true, new Control.Posix(acl));
            given += compare(listed, acl.modeWithout(listed.mode()));
        }
        assertThat(given).isGreaterThan(CASES / 100);
    }

    /** As the kernel keeps it: the owner's bits, the mask or else the group's, the others'. */
    private static int modeOf(PosixAcl acl) {
        int mode = 0;
        boolean masked = acl.entries().stream().anyMatch(e -> e.tag() == PosixAcl.Tag.MASK);
        for (PosixAcl.Entry entry : acl.entries()) {
            mode |= switch (entry.tag()) {
                case OWNER -> entry.permissions() << 6;
                case MASK -> entry.permissions() << 3;
                case OWNING_GROUP -> masked ? 0 : entry.permissions() << 3;
                case OTHER -> entry.permissions();
                default -> 0;
            };
        }
        return mode;
    }

    @Test
    void thatOfAnNfs4AclGivesNoMore() {
        int given = 0;
        for (int i = 0; i < CASES; i++) {
            Nfs4Acl acl = withFewDenials();
            Rights listed = new Rights(random.user(), random.group(), modeOf(acl), true, new Control.Nfs4(acl));
            given += compare(listed, acl.modeWithout(listed.mode()));
        }
        assertThat(given).isGreaterThan(CASES / 100);
    }

    private Nfs4Acl withFewDenials() {
        List<Nfs4Entry> entries = new ArrayList<>();
        for (Nfs4Entry e : random.nfs4Acl().entries()) {
            boolean spared = e.who().kind().isNamed() && entries.size() % 3 > 0;
            entries.add(spared ? new Nfs4Entry(e.who(), Nfs4Entry.Type.ALLOW, e.permissions(), e.flags()) : e);
        }
        return new Nfs4Acl(entries);
    }

    /** As ZFS works it out: the first entry about a class, everyone's among them, says what the class has. */
    private static int modeOf(Nfs4Acl acl) {
        int mode = 0;
        for (Who.Kind kind : List.of(Who.Kind.OWNER, Who.Kind.OWNING_GROUP, Who.Kind.EVERYONE)) {
            int bits = bit(acl, kind, 0x8, 4) | bit(acl, kind, 0x10, 2) | bit(acl, kind, 0x1, 1);
            mode = mode << 3 | bits;
        }
        return mode;
    }

    private static int bit(Nfs4Acl acl, Who.Kind kind, int permission, int bit) {
        for (Nfs4Entry e : acl.entries()) {
            boolean speaks = e.type() == Nfs4Entry.Type.ALLOW || e.type() == Nfs4Entry.Type.DENY;
            boolean about = e.who().kind() == kind || e.who().kind() == Who.Kind.EVERYONE;
            if (speaks && about && !e.has(Nfs4Flag.INHERIT_ONLY) && (e.permissions() & permission) != 0) {
                return e.type() == Nfs4Entry.Type.ALLOW ? bit : 0;
            }
        }
        return 0;
    }

    /** How often somebody other than the owner gets something. */
    private int compare(Rights listed, int mode) {
        Rights plain = new Rights(listed.owner(), listed.group(), mode, true, Control.MODE_ONLY);
        int given = 0;
        Caller caller = random.caller();
        for (Want want : List.of(Want.READ, Want.SEARCH)) {
            boolean gets = Decision.permits(plain, caller, want);
            if (gets && caller.uid() != listed.owner() && !caller.isRoot()) {
                assertThat(Decision.permits(listed, caller, want))
                        .as("%s %o %s %s", listed, mode, caller, want)
                        .isTrue();
                given++;
            }
        }
        return given;
    }
}
