package cofre.change;

import cofre.path.RawPath;
import cofre.source.ChangeListener;
import cofre.source.ObjectAttributes;
import cofre.source.SourceException;
import java.util.Optional;

/**
 * Hears changes, in any order, and keeps what is needed of them: about a bit for each object in each of a few sets, and
 * bounded lists. An object whose record shows the ctime the catalogue has, and of which nothing else was heard, is a
 * neighbour and did not change.
 *
 * <p>For one thread. When something fails the rest is not listened to, and {@link #finish} tells.
 */
public final class Collector implements ChangeListener {
    /** Ranges of content that are kept in all, some 20 MiB. */
    public static final int MAX_RANGES = 200_000;

    private final Catalogue catalogue;
    private final long createTxg;
    private final Optional<PathResolver> resolver;
    private final Evidence evidence;
    /** Hidden directories of attributes that told whose they are, and those that are yet to. */
    private final ObjectSet hiddenDirectories = new ObjectSet();

    private final ObjectSet awaitedDirectories = new ObjectSet();
    /** The object told of last and its size: the hole behind its content comes right after it and is no news. */
    private long recent = -1;

    private long recentSize;
    private boolean recentIsDirectory;
    private Optional<CatalogueException> catalogueFault = Optional.empty();
    private Optional<SourceException> sourceFault = Optional.empty();

    /**
     * @param catalogue of the last point; is only read, and must not be edited before {@link #finish}
     * @param createTxg the base's
     * @param maxRanges ranges of content kept in all; usually {@link #MAX_RANGES}
     * @param resolver finds what paths lead to; without one paths are not listened to. Closed by its owner
     */
    public Collector(Catalogue catalogue, long createTxg, int maxRanges, Optional<PathResolver> resolver) {
        this.catalogue = catalogue;
        this.createTxg = createTxg;
        this.resolver = resolver;
        evidence = new Evidence(maxRanges);
    }

    private interface Hearing {
        void run() throws CatalogueException, SourceException;
    }

    private void hear(Hearing hearing) {
        if (catalogueFault.isPresent() || sourceFault.isPresent()) {
            return;
        }
        try {
            hearing.run();
        } catch (CatalogueException e) {
            catalogueFault = Optional.of(e);
        } catch (SourceException e) {
            sourceFault = Optional.of(e);
        }
    }

    @Override
    public void object(long object, Kind kind, Optional<ObjectAttributes> attributes) {
        hear(() -> {
            requireNumber(object);
            recent = -1;
            if (kind == Kind.INTERNAL) {
                apart(object);
            } else if (attributes.isEmpty()) {
                noteKind(object, kind);
                evidence.other.add(object);
                change(object);
            } else if (attributes.get().isAttribute()) {
                attribute(object, kind, attributes.get());
            } else {
                recentIsDirectory = kind == Kind.DIRECTORY;
                noteKind(object, kind);
                ordinary(object, attributes.get());
            }
        });
    }

    private void noteKind(long object, Kind kind) {
        if (kind == Kind.FILE) {
            evidence.files.add(object);
        }
    }

    private static void requireNumber(long object) throws SourceException {
        if (object < 0 || object > ObjectSet.MAX) {
            throw unknown("object " + object + " vs 0 to " + ObjectSet.MAX);
        }
    }

    private static SourceException unknown(String found) {
        return new SourceException.ChangesUnknown(
                "cannot tell what changed: the stream tells of " + found
                        + "; the share is walked instead; report this with: zfs version",
                null);
    }

    private void ordinary(long object, ObjectAttributes attributes) throws CatalogueException {
        if (attributes.parent() == object) {
            apart(object); // the root of the file system, which is always visited
            return;
        }
        recent = object;
        recentSize = attributes.size();
        boolean isNew = attributes.generation() > createTxg;
        (isNew ? evidence.other : evidence.same).add(object);
        if (attributes.links() == 0) {
            evidence.unlinked.add(object);
        }
        boolean known = !isNew && catalogue.knows(object);
        if (!known) {
            remember(object, attributes.parent());
        }
        if (!known || !ChangeTime.same(catalogue.ctime(object), ChangeTime.of(attributes.ctime()))) {
            change(object);
        }
    }

    /** What a stranger says of its parent counts even when that it changed was heard before. */
    private void remember(long object, long parent) throws CatalogueException {
        evidence.strangers.add(object);
        if (catalogue.knows(parent)) {
            evidence.strangersInside.add(object);
        }
        evidence.strangersWithParent.add(object);
        evidence.parents.put(object, parent);
    }

    /** The hidden directory knows its file; a value knows its hidden directory, which may not be told of. */
    private void attribute(long object, Kind kind, ObjectAttributes attributes)
            throws CatalogueException, SourceException {
        requireNumber(attributes.parent());
        apart(object);
        if (kind == Kind.DIRECTORY) {
            hiddenDirectories.add(object);
            evidence.owners.add(attributes.parent());
            change(attributes.parent());
        } else {
            awaitedDirectories.add(attributes.parent());
        }
    }

    /** Whatever was heard of its content is not a file's. */
    private void apart(long object) {
        evidence.apart.add(object);
        evidence.changed.remove(object);
        evidence.strangers.remove(object);
    }

    private void change(long object) throws CatalogueException {
        if (evidence.apart.contains(object)) {
            return;
        }
        if (evidence.changed.add(object) && !catalogue.knows(object)) {
            evidence.strangers.add(object);
        }
    }

    @Override
    public void content(long object, long offset, long length, boolean hole) {
        hear(() -> {
            requireNumber(object);
            if (offset < 0 || length < 1) {
                throw unknown("content of object " + object + " at " + offset + ", " + length + " bytes");
            }
            boolean tail = hole && length == Long.MAX_VALUE;
            if (!tail) {
                write(object);
            }
            if (matters(object, tail && offset >= recentSize)) {
                evidence.ranges.add(object, offset, length);
            }
        });
    }

    /** Ranges are kept of what may be a file that was there before, and not the hole behind its end. */
    private boolean matters(long object, boolean behindRecent) {
        boolean needless = object == recent && (recentIsDirectory || behindRecent);
        return !needless && !evidence.other.contains(object) && !evidence.apart.contains(object);
    }

    @Override
    public void spill(long object) {
        hear(() -> {
            requireNumber(object);
            write(object);
        });
    }

    private void write(long object) throws CatalogueException {
        evidence.written.add(object);
        change(object);
    }

    @Override
    public void freed(long first, long count) {
        evidence.freed.add(first, count);
    }

    @Override
    public void path(RawPath path) {
        if (resolver.isPresent()) {
            hear(() -> resolver.get().resolve(path, this::found));
        }
    }

    private void found(long object) throws CatalogueException, SourceException {
        requireNumber(object);
        evidence.other.add(object);
        change(object);
    }

    /**
     * All was told.
     *
     * @throws CatalogueException when the catalogue could not be asked: it cannot be used any more
     * @throws SourceException when a path could not be followed for a reason that is not its own
     */
    public Changes finish() throws CatalogueException, SourceException {
        if (catalogueFault.isPresent()) {
            throw catalogueFault.get();
        }
        if (sourceFault.isPresent()) {
            throw sourceFault.get();
        }
        ObjectSet stray = new ObjectSet();
        awaitedDirectories.forEach(dir -> {
            if (!hiddenDirectories.contains(dir)) {
                stray.add(dir);
            }
        });
        return new Changes(evidence, stray);
    }
}
