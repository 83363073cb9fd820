package cofre.backup;

import cofre.change.Accounting;
import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.CatalogueHome;
import cofre.change.Changes;
import cofre.change.Collector;
import cofre.change.DirectoryClosure;
import cofre.change.EditLog;
import cofre.change.ObjectSet;
import cofre.change.PathResolver;
import cofre.format.BlobId;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.source.Base;
import cofre.source.ChangeSource;
import cofre.source.Frozen;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Finds out what changed between two views, and which directories that means. For one run of one share. */
final class ChangeFinder {
    /**
     * Where the parent restore point is.
     *
     * @param point its id, as the catalogue knows it
     * @param viewId the view it was made from
     * @param shown the moment it shows
     * @param root the share's root directory in it
     */
    record Parent(String point, String viewId, Instant shown, BlobId root) {}

    private final ChangeSource source;
    private final CatalogueHome home;
    private final BlobReader reader;
    private final Progress progress;

    /** A finder for a share with this catalogue. */
    ChangeFinder(ChangeSource source, CatalogueHome home, BlobReader reader, Progress progress) {
        this.source = source;
        this.home = home;
        this.reader = reader;
        this.progress = progress;
    }

    /**
     * Finds the changes.
     *
     * @param part which directories are looked at besides: the rules, and the part that is due
     * @param share the share's live path
     * @param isWhole whether everything in the dataset is in the share
     * @throws SourceException.ChangesUnknown when they cannot be known: then the share has to be walked
     */
    ChangeApproach find(
            ChangeSource.Method method,
            String why,
            Base base,
            Frozen view,
            Parent parent,
            DetectionRules rules,
            Optional<Integer> part,
            RawPath share,
            boolean isWhole)
            throws SourceException, BackendException, InterruptedException {
        Catalogue catalogue = null;
        EditLog edits = null;
        boolean done = false;
        try {
            catalogue = catalogueOf(parent);
            Changes changes = method == ChangeSource.Method.DIFF
                    ? byNames(catalogue, base, view, share)
                    : collect(method, catalogue, base, view, Optional.empty());
            ObjectSet doubted = new ObjectSet();
            catalogue.listAgain().forEach(doubted::add);
            if (part.isPresent()) {
                new AuditPart(catalogue, rules, part.get()).addTo(doubted);
            }
            ObjectSet visited = DirectoryClosure.of(catalogue, changes, doubted);
            edits = home.edits();
            OldTree old = new OldTree(catalogue, reader, parent.root());
            ChangeApproach found = new ChangeApproach(new ChangeApproach.Parts(
                    method == ChangeSource.Method.DIFF ? Detection.Method.DIFF : Detection.Method.STREAM,
                    why,
                    catalogue,
                    changes,
                    new ChangeScope(catalogue, changes, visited, doubted, old),
                    new Accounting(changes, isWhole),
                    edits,
                    view.time(),
                    part,
                    progress));
            done = true;
            return found;
        } catch (CatalogueException e) {
            throw ChangeScope.unknown(e);
        } catch (IOException e) {
            throw new SourceException.ChangesUnknown("cannot keep what is found: " + e.getMessage(), e);
        } finally {
            if (!done) {
                close(catalogue, edits);
            }
        }
    }

    private void close(Catalogue catalogue, EditLog edits) {
        if (catalogue != null) {
            catalogue.close();
        }
        if (edits != null) {
            try {
                edits.close();
            } catch (IOException e) {
                progress.message(Level.INFO, "cannot remove a temporary file: " + e.getMessage());
            }
        }
    }

    private Changes byNames(Catalogue catalogue, Base base, Frozen view, RawPath share)
            throws SourceException, CatalogueException {
        try (SourceDir root = view.openRoot();
                PathResolver resolver = new PathResolver(root, share)) {
            return collect(ChangeSource.Method.DIFF, catalogue, base, view, Optional.of(resolver));
        }
    }

    private Changes collect(
            ChangeSource.Method method, Catalogue catalogue, Base base, Frozen view, Optional<PathResolver> resolver)
            throws SourceException, CatalogueException {
        Collector collector = new Collector(catalogue, base.createTxg(), Collector.MAX_RANGES, resolver);
        source.tell(method, base, view, collector);
        return collector.finish();
    }

    /** The catalogue the last run left, or else one made from its restore point. */
    private Catalogue catalogueOf(Parent parent)
            throws SourceException, BackendException, CatalogueException, InterruptedException {
        Optional<Catalogue> kept = home.open(parent.point(), parent.viewId());
        if (kept.isPresent()) {
            return kept.get();
        }
        progress.message(Level.INFO, "making the catalogue of restore point " + parent.point() + " anew");
        Catalogue made = home.create();
        boolean done = false;
        try {
            made.begin(parent.shown());
            new CatalogueRebuild(reader, made).add(parent.root());
            made.commit(parent.point(), parent.viewId());
            done = true;
            return made;
        } catch (RepositoryException e) {
            throw new SourceException.ChangesUnknown("its catalogue cannot be made anew: " + e.getMessage(), e);
        } finally {
            if (!done) {
                made.close();
            }
        }
    }
}
