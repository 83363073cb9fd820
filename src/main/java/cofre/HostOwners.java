package cofre;

import cofre.backup.Owners;
import cofre.posix.Accounts;

/** The host's own users and groups. */
record HostOwners(Accounts accounts) implements Owners {
    @Override
    public String user(long uid) {
        return accounts.userName(uid).orElse("");
    }

    @Override
    public String group(long gid) {
        return accounts.groupName(gid).orElse("");
    }
}
