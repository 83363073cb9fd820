package cofre.acl;

import java.util.ArrayList;
import java.util.List;

/**
 * The same answers by another way, for comparison: from the texts of RFC 7530 (6.2.1: every entry is gone through, each bit is
 * settled once) and POSIX.1e draft 17 (23.1.5: one class of entries is chosen, then asked). It works out all that somebody may do,
 * as a set of bits, and only then looks whether what is wanted is among it. Shares no code with what it checks but the values.
 */
final class Oracle {
    private static final int EVERYTHING = -1;

    private Oracle() {}

    static boolean permits(List<Rights> chain, Caller caller, Want want) {
        boolean passed = true;
        for (int i = 0; i < chain.size() - 1; i++) {
            passed = passed && chain.get(i).isDirectory() && permits(chain.get(i), caller, Want.SEARCH);
        }
        return passed && permits(chain.get(chain.size() - 1), caller, want);
    }

    static boolean permits(Rights object, Caller caller, Want want) {
        int may;
        int needed;
        if (object.control() instanceof Control.Nfs4 list) {
            may = nfs4(list.acl(), object, caller);
            needed = needed(want, 0x8, 0x1, 0x200, 0x8 | 0x40, 0x1000);
        } else {
            may = posix(object, caller);
            // as for open, exec, nothing, getxattr, nothing
            needed = needed(want, 4, 1, 0, 4, 0);
            if (object.control() instanceof Control.Unknown && caller.uid() != object.owner() && caller.uid() != 0) {
                return false;
            }
        }
        boolean runsFile = want == Want.SEARCH && !object.isDirectory();
        return (may & needed) == needed && !(runsFile && (object.mode() & 0111) == 0);
    }

    private static int needed(Want want, int read, int search, int attributes, int named, int acl) {
        return switch (want) {
            case READ -> read;
            case SEARCH -> search;
            case ATTRIBUTES -> attributes;
            case NAMED_ATTRIBUTES -> named;
            case ACL -> acl;
        };
    }

    /** RFC 7530, 6.2.1, with what ZFS adds. */
    private static int nfs4(Nfs4Acl acl, Rights object, Caller caller) {
        if (caller.uid() == 0) {
            return EVERYTHING;
        }
        int allowed = 0;
        int denied = 0;
        boolean plain = true;
        for (Nfs4Entry e : acl.entries()) {
            String who = e.who().kind() + "/" + e.who().id();
            boolean named = who.startsWith("USER/") || who.startsWith("GROUP/");
            boolean owner = who.equals("OWNER/0");
            boolean denies = e.type().name().equals("DENY");
            boolean allows = e.type().name().equals("ALLOW");
            // ZFS: nobody named, no inheritance, no deletion, nothing basic denied, nothing of the owner's given away
            plain &= !named && (e.flags() & 0xf) == 0 && (e.permissions() & 0x900) == 0;
            plain &= !(denies && (e.permissions() & 0x1200) != 0);
            plain &= !(allows && !owner && (e.permissions() & 0x6480) != 0);
            List<String> roles = new ArrayList<>(List.of("EVERYONE/0", "USER/" + caller.uid()));
            caller.groups().forEach(g -> roles.add("GROUP/" + g));
            if (caller.uid() == object.owner()) {
                roles.add("OWNER/0");
            }
            if (caller.groups().contains(object.group())) {
                roles.add("OWNING_GROUP/0");
            }
            if (!roles.contains(who) || (object.isDirectory() && (e.flags() & 0x8) != 0)) {
                continue;
            }
            int open = e.permissions() & ~(allowed | denied);
            allowed |= allows ? open : 0;
            denied |= denies ? open : 0;
        }
        if (caller.uid() == object.owner()) {
            allowed |= 0x1200;
        }
        return plain ? allowed | 0x200 : allowed;
    }

    /** POSIX.1e draft 17, 23.1.5, with Linux's way of not asking a list whose mask is empty. */
    private static int posix(Rights object, Caller caller) {
        if (caller.uid() == 0) {
            return EVERYTHING;
        }
        int u = object.mode() / 0100 % 8;
        int g = object.mode() / 010 % 8;
        int o = object.mode() % 8;
        if (caller.uid() == object.owner()) {
            return u;
        }
        boolean member = caller.groups().contains(object.group());
        if (!(object.control() instanceof Control.Posix list) || g == 0) {
            return member ? g : o;
        }
        int mask = 7;
        Integer user = null;
        Integer groups = null;
        int others = 0;
        for (PosixAcl.Entry e : list.acl().entries()) {
            String tag = e.tag().name();
            if (tag.equals("MASK")) {
                mask = e.permissions();
            } else if (tag.equals("OTHER")) {
                others = e.permissions();
            } else if (tag.equals("USER") && e.id() == caller.uid()) {
                user = e.permissions() | (user == null ? 0 : user);
            } else if ((tag.equals("OWNING_GROUP") && member)
                    || (tag.equals("GROUP") && caller.groups().contains(e.id()))) {
                groups = e.permissions() | (groups == null ? 0 : groups);
            }
        }
        if (user != null) {
            return user & mask;
        }
        return groups != null ? groups & mask : others;
    }
}
