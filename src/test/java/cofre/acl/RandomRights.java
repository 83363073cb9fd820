package cofre.acl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Rights and callers from a world so small that they meet often. */
final class RandomRights {
    private static final long[] USERS = {0, 1001, 1002, 1003, 1004};
    private static final long[] GROUPS = {0, 101, 102, 103, 104};

    private static final List<Want> WANTS = List.of(Want.values());

    private final Random random;

    RandomRights(Random random) {
        this.random = random;
    }

    Caller caller() {
        Set<Long> groups = new HashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            groups.add(group());
        }
        return new Caller(random.nextInt(12) == 0 ? 0 : USERS[1 + random.nextInt(4)], groups);
    }

    long user() {
        return USERS[random.nextInt(USERS.length)];
    }

    long group() {
        return GROUPS[random.nextInt(GROUPS.length)];
    }

    Want want() {
        return WANTS.get(random.nextInt(WANTS.size()));
    }

    /** From the top; the ancestors let through often enough that the end matters. */
    List<Rights> chain() {
        List<Rights> chain = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Control control = random.nextInt(3) == 0 ? control() : Control.MODE_ONLY;
            chain.add(new Rights(user(), group(), random.nextInt(01000) | 0111, true, control));
        }
        chain.add(new Rights(user(), group(), random.nextInt(010000), random.nextBoolean(), control()));
        return chain;
    }

    private Control control() {
        return switch (random.nextInt(8)) {
            case 0 -> Control.MODE_ONLY;
            case 1 -> Control.UNKNOWN;
            case 2, 3, 4 -> new Control.Posix(posixAcl());
            default -> new Control.Nfs4(nfs4Acl());
        };
    }

    /** Few permissions and many entries for the same people, so that order matters. */
    Nfs4Acl nfs4Acl() {
        List<Nfs4Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            Who who = switch (random.nextInt(6)) {
                case 0 -> Who.OWNER;
                case 1 -> Who.GROUP;
                case 2 -> Who.EVERYONE;
                case 3 -> Who.group(group());
                default -> Who.user(user());
            };
            Nfs4Entry.Type type = random.nextInt(12) == 0
                    ? Nfs4Entry.Type.AUDIT
                    : random.nextBoolean() ? Nfs4Entry.Type.ALLOW : Nfs4Entry.Type.DENY;
            int flags = random.nextInt(3) == 0 ? random.nextInt() & Nfs4Flag.ALL : 0;
            int some = random.nextInt();
            int fewer = some & random.nextInt();
            entries.add(new Nfs4Entry(who, type, fewer & Nfs4Permission.ALL, flags));
        }
        return new Nfs4Acl(entries);
    }

    PosixAcl posixAcl() {
        List<PosixAcl.Entry> entries = new ArrayList<>();
        entries.add(new PosixAcl.Entry(PosixAcl.Tag.OWNER, 0, random.nextInt(8)));
        boolean named = false;
        for (long user : USERS) {
            if (random.nextInt(3) == 0) {
                entries.add(new PosixAcl.Entry(PosixAcl.Tag.USER, user, random.nextInt(8)));
                named = true;
            }
        }
        entries.add(new PosixAcl.Entry(PosixAcl.Tag.OWNING_GROUP, 0, random.nextInt(8)));
        for (long group : GROUPS) {
            if (random.nextInt(3) == 0) {
                entries.add(new PosixAcl.Entry(PosixAcl.Tag.GROUP, group, random.nextInt(8)));
                named = true;
            }
        }
        if (named || random.nextInt(4) == 0) {
            entries.add(new PosixAcl.Entry(PosixAcl.Tag.MASK, 0, random.nextInt(8)));
        }
        entries.add(new PosixAcl.Entry(PosixAcl.Tag.OTHER, 0, random.nextInt(8)));
        return new PosixAcl(entries);
    }
}
