package cofre.backup;

import cofre.change.CatalogueStore;
import cofre.source.ChangeSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run needs to look only at what changed.
 *
 * @param source tells what changed
 * @param catalogues opens and makes them
 * @param directory where this share's catalogue is; nothing else may be in it
 * @param last what the share's last run into this repository left
 * @param rules how changes are to be found
 */
public record Tracking(
        ChangeSource source, CatalogueStore catalogues, Path directory, Optional<LastRun> last, DetectionRules rules) {}
