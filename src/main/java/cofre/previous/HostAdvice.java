package cofre.previous;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What besides smb.conf keeps previous versions from being shown, and what to do about it. Pure; changes nothing. */
public final class HostAdvice {
    private static final String FD = "/dev/fd";

    private HostAdvice() {}

    /**
     * What was seen of this host.
     *
     * @param dataset the share's dataset, when it has one
     * @param snapDir the dataset's property snapdir
     * @param fileDescriptors how {@code /dev/fd} is, where Samba needs it; empty elsewhere
     * @param unmounted why the mount of the repository's points is not there; empty when it is, or is not wanted
     */
    public record Seen(
            Optional<String> dataset,
            String snapDir,
            Optional<FileDescriptors> fileDescriptors,
            Optional<String> unmounted) {}

    /**
     * FreeBSD's fdescfs, through which Samba opens files anew.
     *
     * @param mounted whether it is mounted at {@code /dev/fd}
     * @param fstab the options of its line in fstab(5); empty when there is none
     */
    public record FileDescriptors(boolean mounted, Optional<String> fstab) {}

    /** One sentence for each fault. */
    public static List<String> check(Seen seen) {
        List<String> findings = new ArrayList<>();
        seen.dataset()
                .filter(name -> seen.snapDir().equals("disabled"))
                .ifPresent(name -> findings.add("cannot show ZFS snapshots of " + name
                        + ": snapdir is disabled vs hidden or visible; nothing was changed; "
                        + "run: zfs set snapdir=hidden " + name));
        seen.fileDescriptors().flatMap(HostAdvice::descriptors).ifPresent(findings::add);
        seen.unmounted().ifPresent(findings::add);
        return findings;
    }

    private static Optional<String> descriptors(FileDescriptors seen) {
        String line = "fdescfs " + FD + " fdescfs rw,nodup 0 0";
        if (!seen.mounted()) {
            return Optional.of(
                    "cannot open files through " + FD + ": fdescfs is not mounted vs mounted with nodup, without which "
                            + "Samba denies users their files; nothing was changed; put this line into /etc/fstab and run mount "
                            + FD
                            + ": " + line);
        }
        if (seen.fstab().isEmpty()
                || !List.of(seen.fstab().get().split(",", -1)).contains("nodup")) {
            return Optional.of("cannot rely on " + FD + ": /etc/fstab has "
                    + seen.fstab().map(options -> "it with " + options).orElse("no line for it")
                    + " vs nodup, without which Samba denies users their files; nothing was changed; put this line into"
                    + " /etc/fstab, then umount and mount " + FD + ": " + line);
        }
        return Optional.empty();
    }
}
