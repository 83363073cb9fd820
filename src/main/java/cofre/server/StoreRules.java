package cofre.server;

import java.util.OptionalLong;

/**
 * What clients may do with stored files.
 *
 * @param appendOnly nothing but locks can be deleted; nothing is ever overwritten in any mode
 * @param ownLocksOnly in append-only mode a user deletes only locks he uploaded himself (stricter than rest-server)
 * @param verifyUpload an upload must hash to its name; switch off only for very weak machines
 * @param groupAccessible files 0660 and folders 0770 instead of 0600 and 0700
 * @param maxSize bytes of all repositories together, folders counted as rest-server does; empty is unlimited
 * @param repositoryQuota bytes of each repository; empty is unlimited
 */
public record StoreRules(
        boolean appendOnly,
        boolean ownLocksOnly,
        boolean verifyUpload,
        boolean groupAccessible,
        OptionalLong maxSize,
        OptionalLong repositoryQuota) {

    /** @throws IllegalArgumentException for negative sizes, or {@code ownLocksOnly} outside append-only mode */
    public StoreRules {
        if (maxSize.orElse(0) < 0 || repositoryQuota.orElse(0) < 0) {
            throw new IllegalArgumentException("cannot limit the store to a negative size");
        }
        if (ownLocksOnly && !appendOnly) {
            throw new IllegalArgumentException("own-locks-only has a meaning only in append-only mode");
        }
    }

    /** Everything allowed, uploads verified, no quota, private to the server's user. */
    public static StoreRules standard() {
        return new StoreRules(false, false, true, false, OptionalLong.empty(), OptionalLong.empty());
    }

    /** These rules in append-only mode. */
    public StoreRules withAppendOnly() {
        return new StoreRules(true, ownLocksOnly, verifyUpload, groupAccessible, maxSize, repositoryQuota);
    }

    /** These rules with quotas in bytes. */
    public StoreRules withQuota(OptionalLong server, OptionalLong repository) {
        return new StoreRules(appendOnly, ownLocksOnly, verifyUpload, groupAccessible, server, repository);
    }
}
