package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.ChangeTime;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at everything, and puts it into a catalogue for the next run where there is to be one. */
final class WalkApproach implements Approach, Findings {
    private final Progress progress;
    private final Set<Long> unfinished = ConcurrentHashMap.newKeySet();
    private Optional<Catalogue> catalogue;

    /**
     * A walk.
     *
     * @param catalogue empty and ready to be edited; or none, when nothing is to be learned
     */
    WalkApproach(Optional<Catalogue> catalogue, Progress progress) {
        this.catalogue = catalogue;
        this.progress = progress;
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Findings findings() {
        return this;
    }

    @Override
    public void seen(long object) {}

    @Override
    public void leftOut(long object) {}

    @Override
    public void joined(long object, long directory, Instant ctime) {
        if (catalogue.isPresent()) {
            try {
                catalogue.get().link(object, directory, ChangeTime.of(ctime));
            } catch (CatalogueException e) {
                doWithout(e);
            }
        }
    }

    @Override
    public void left(long object, long directory) {}

    @Override
    public void touched(long object, Instant ctime) {}

    @Override
    public void unfinished(long directory) {
        unfinished.add(directory);
    }

    @Override
    public void surprised(RawPath path) {}

    @Override
    public void commit(SnapshotId point, String viewId) {
        if (catalogue.isPresent()) {
            try {
                catalogue.get().listAgain(List.copyOf(unfinished));
                catalogue.get().commit(point.hex(), viewId);
            } catch (CatalogueException e) {
                doWithout(e);
            }
        }
    }

    private void doWithout(CatalogueException e) {
        progress.message(Level.WARNING, "the next run has to look at everything as well: " + e.getMessage());
        close();
        catalogue = Optional.empty();
    }

    @Override
    public void close() {
        catalogue.ifPresent(Catalogue::close);
    }
}
