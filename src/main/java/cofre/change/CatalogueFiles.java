package cofre.change;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The three files of a catalogue: {@code head}, there only while the others are whole; {@code objects}, a record for each
 * object: its only parent, or where the chain of its parents begins, and its ctime; {@code links}, the chains. For one
 * thread at a time.
 */
final class CatalogueFiles {
    private static final int OBJECTS = 1;
    private static final int LINKS = 2;
    /** Set in a record's first long when the rest of it is the head of a chain. */
    private static final long CHAIN = 1L << 63;

    private final CatalogueDisk disk;
    private final Path head;
    private final RecordFile objects;
    private final RecordFile links;
    private final ParentCells cells;

    private CatalogueFiles(
            CatalogueDisk disk,
            Path dir,
            CatalogueDisk.Pages objectPages,
            CatalogueDisk.Pages linkPages,
            CatalogueHead from,
            int cachedPages) {
        this.disk = disk;
        head = headIn(dir);
        objects = new RecordFile(objectPages, dir.resolve("objects").toString(), OBJECTS, from.objects(), cachedPages);
        links = new RecordFile(
                linkPages, dir.resolve("links").toString(), LINKS, from.links(), Math.max(1, cachedPages / 6));
        cells = new ParentCells(links, from.usedCells(), from.freeCell());
    }

    static Path headIn(Path dir) {
        return dir.resolve("head");
    }

    /** Files as a head describes them, with this many pages of objects in memory, and a sixth of it of links. */
    static CatalogueFiles open(CatalogueDisk disk, Path dir, CatalogueHead head, int cachedPages) throws IOException {
        return open(disk, dir, head, cachedPages, false);
    }

    /** Empty files, likewise. */
    static CatalogueFiles create(CatalogueDisk disk, Path dir, int cachedPages) throws IOException {
        disk.makeDirectory(dir);
        disk.remove(headIn(dir));
        CatalogueHead none = new CatalogueHead("", "", new ObjectSet(), new ObjectSet(), 0, 0, List.of(), Map.of());
        return open(disk, dir, none, cachedPages, true);
    }

    private static CatalogueFiles open(CatalogueDisk disk, Path dir, CatalogueHead head, int cachedPages, boolean fresh)
            throws IOException {
        CatalogueDisk.Pages objects = disk.open(dir.resolve("objects"), fresh);
        CatalogueDisk.Pages links = null;
        try {
            links = disk.open(dir.resolve("links"), fresh);
            if (fresh) {
                objects.clear();
                links.clear();
            }
            return new CatalogueFiles(disk, dir, objects, links, head, cachedPages);
        } catch (IOException e) {
            objects.close();
            if (links != null) {
                links.close();
            }
            throw e;
        }
    }

    boolean isUsed(long object) throws CatalogueException {
        return objects.first(object) != 0;
    }

    long ctime(long object) throws CatalogueException {
        return objects.second(object);
    }

    long next(long from) throws CatalogueException {
        return objects.nextUsed(from);
    }

    void parents(long object, LongConsumer parents) throws CatalogueException {
        long first = objects.first(object);
        if (isChain(first)) {
            cells.forEach(chainOf(first), parents);
        } else if (first != 0) {
            parents.accept(first);
        }
    }

    void link(long object, long dir, long ctime) throws CatalogueException {
        long first = objects.first(object);
        if (first == 0) {
            objects.put(object, dir, ctime);
        } else {
            long chain = isChain(first) ? chainOf(first) : cells.make(first, 0);
            objects.put(object, CHAIN | cells.make(dir, chain), ctime);
        }
    }

    boolean unlink(long object, long dir) throws CatalogueException {
        long first = objects.first(object);
        if (isChain(first)) {
            return unlinkFromChain(object, chainOf(first), dir);
        }
        if (first == 0 || first != dir) {
            return false;
        }
        objects.put(object, 0, 0);
        return true;
    }

    private boolean unlinkFromChain(long object, long chain, long dir) throws CatalogueException {
        long left = cells.remove(chain, dir);
        if (left < 0) {
            return false;
        }
        long only = cells.only(left);
        if (only != 0) {
            cells.removeAll(left);
        }
        objects.put(object, only != 0 ? only : CHAIN | left, objects.second(object));
        return true;
    }

    boolean touch(long object, long ctime) throws CatalogueException {
        objects.put(object, objects.first(object), ctime);
        return true;
    }

    void forget(long object) throws CatalogueException {
        long first = objects.first(object);
        if (isChain(first)) {
            cells.removeAll(chainOf(first));
        }
        objects.put(object, 0, 0);
    }

    void invalidate() throws CatalogueException {
        try {
            disk.remove(head);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Content first, then the head that says it is whole. */
    void publish(String point, String viewId, List<Long> listAgain, Map<String, String> facts)
            throws CatalogueException {
        objects.sync();
        links.sync();
        CatalogueHead now = new CatalogueHead(
                point, viewId, objects.present(), links.present(), cells.used(), cells.free(), listAgain, facts);
        byte[] bytes = now.encode();
        if (bytes.length > CatalogueHead.MAX_BYTES) {
            throw new CatalogueException.TooLarge("cannot write " + head + ": " + bytes.length + " bytes vs at most "
                    + CatalogueHead.MAX_BYTES + "; the share is walked every time; report this");
        }
        try {
            disk.replace(head, bytes);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void close() {
        closeQuietly(objects);
        closeQuietly(links);
    }

    /** What was to be kept is on stable storage by then: a file that cannot be closed costs nothing but its descriptor. */
    @SuppressWarnings("EmptyCatch")
    private static void closeQuietly(RecordFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // said above
        }
    }

    private CatalogueException unusable(IOException e) {
        return new CatalogueException.Unusable(
                "cannot replace " + head + ": " + e.getMessage()
                        + " vs success; the share is walked instead; see whether its file system is full",
                e);
    }

    /** The head of a catalogue, if it has one that is whole and for this point and view. */
    static Optional<CatalogueHead> headOf(CatalogueDisk disk, Path dir, String point, String viewId)
            throws IOException {
        return CatalogueHead.decode(disk.read(headIn(dir), CatalogueHead.MAX_BYTES))
                .filter(h -> h.point().equals(point) && h.viewId().equals(viewId));
    }

    private static boolean isChain(long first) {
        return first < 0;
    }

    private static long chainOf(long first) {
        return first & ~CHAIN;
    }
}
