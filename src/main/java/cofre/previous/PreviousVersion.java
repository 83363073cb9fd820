package cofre.previous;

import cofre.path.RawPath;
import java.time.Instant;

/**
 * One state of a share that users may look at.
 *
 * @param time the moment it shows, exactly; fractions of a second cannot be shown by Samba and are cut
 * @param directory where the share's root of that moment is, from the file system's root
 */
public record PreviousVersion(Instant time, RawPath directory) {}
