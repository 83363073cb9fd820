package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.ObjectSet;
import java.util.ArrayDeque;
import java.util.Deque;

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

    /**
     * Adds them.
     *
     * @param doubted gets the directories of the part
     * @param visited gets those above them
     */
    void addTo(ObjectSet doubted, ObjectSet visited) throws CatalogueException {
        ObjectSet chosen = new ObjectSet();
        choose(Catalogue.ROOT_DIR, chosen);
        for (long object = catalogue.next(0); object >= 0; object = catalogue.next(object + 1)) {
            catalogue.parents(object, directory -> choose(directory, chosen)); // a directory is what others name
        }
        Deque<Long> climbing = new ArrayDeque<>();
        chosen.forEach(directory -> {
            doubted.add(directory);
            climbing.push(directory);
            while (!climbing.isEmpty()) {
                catalogue.parents(climbing.pop(), above -> {
                    if (visited.add(above)) {
                        climbing.push(above);
                    }
                });
            }
        });
    }

    private void choose(long directory, ObjectSet chosen) {
        if (rules.isInPart(directory, part)) {
            chosen.add(directory);
        }
    }
}
