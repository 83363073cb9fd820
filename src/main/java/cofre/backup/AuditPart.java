package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.ObjectSet;

/** The directories of one part of a share, which a run looks at although nothing says that they changed. */
final class AuditPart {
    private final Catalogue catalogue;
    private final DetectionRules rules;
    private final int part;

    AuditPart(Catalogue catalogue, DetectionRules rules, int part) {
        this.catalogue = catalogue;
        this.rules = rules;
        this.part = part;
    }

    /** Adds them. */
    void addTo(ObjectSet directories) throws CatalogueException {
        choose(Catalogue.ROOT_DIR, directories);
        for (long object = catalogue.next(0); object >= 0; object = catalogue.next(object + 1)) {
            catalogue.parents(object, directory -> choose(directory, directories)); // a directory is what others name
        }
    }

    private void choose(long directory, ObjectSet chosen) {
        if (rules.isInPart(directory, part)) {
            chosen.add(directory);
        }
    }
}
