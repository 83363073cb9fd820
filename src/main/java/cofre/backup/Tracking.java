package cofre.backup;

import cofre.change.CatalogueHome;
import cofre.source.ChangeSource;
import java.util.Optional;

/**
 * What a run needs to look only at what changed.
 *
 * @param source tells what changed
 * @param catalogue where this share's is
 * @param last what the share's last run into this repository left
 * @param rules how changes are to be found
 */
public record Tracking(ChangeSource source, CatalogueHome catalogue, Optional<LastRun> last, DetectionRules rules) {}
