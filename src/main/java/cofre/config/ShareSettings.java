package cofre.config;

import cofre.retention.RetentionPolicy;
import cofre.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * A table {@code [share.NAME]}.
 *
 * @param name as in smb.conf
 * @param source what is read
 * @param repository name of a repository of the same configuration
 * @param exclude restic's patterns, as written
 * @param previousVersions how Samba is served; off for a directory
 * @param local which ZFS snapshots stay here
 * @param changes how it is found out what changed
 * @param schedule when restore points are made by themselves
 * @param keep which of them are kept when somebody asks to forget the others; empty for no such rules
 */
public record ShareSettings(
        String name,
        ShareSource source,
        String repository,
        List<String> exclude,
        PreviousVersions previousVersions,
        LocalTier local,
        ChangeSettings changes,
        Schedule schedule,
        Optional<RetentionPolicy> keep) {
    public ShareSettings {
        exclude = List.copyOf(exclude);
    }
}
