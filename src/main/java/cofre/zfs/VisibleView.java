package cofre.zfs;

import cofre.path.RawPath;
import java.time.Instant;

/**
 * An own snapshot as a directory.
 *
 * @param guid the snapshot's guid, in decimal
 * @param time the moment it shows, whole seconds
 * @param directory where it shows the share's root: {@code <mount point>/.zfs/snapshot/NAME[/below]}
 */
public record VisibleView(String guid, Instant time, RawPath directory) {}
