package cofre.change;

import java.util.function.LongConsumer;

/**
 * Parents of objects that have several: chains of cells, each a parent and the next cell, 0 at the end. Cells are numbered
 * from 1; a cell given back is used again. For one thread at a time.
 */
final class ParentCells {
    private final RecordFile cells;
    /** Cells that were ever in use. */
    private long used;
    /** The first cell that was given back, 0 for none; they make a chain of their own. */
    private long free;

    ParentCells(RecordFile cells, long used, long free) {
        this.cells = cells;
        this.used = used;
        this.free = free;
    }

    long used() {
        return used;
    }

    long free() {
        return free;
    }

    /** A chain that begins with {@code parent} and goes on with {@code next}. */
    long make(long parent, long next) throws CatalogueException {
        long cell = free;
        if (cell == 0) {
            cell = ++used;
        } else {
            free = next(cell);
        }
        cells.put(cell, parent, next);
        return cell;
    }

    void forEach(long head, LongConsumer parents) throws CatalogueException {
        long left = used;
        for (long cell = head; cell != 0; cell = next(cell)) {
            check(left--);
            parents.accept(parent(cell));
        }
    }

    /**
     * Takes one {@code parent} out of a chain.
     *
     * @return the chain's new head, or -1 when that parent is not in it
     */
    long remove(long head, long parent) throws CatalogueException {
        long left = used;
        long before = 0;
        for (long cell = head; cell != 0; cell = next(cell)) {
            check(left--);
            if (parent(cell) == parent) {
                long next = next(cell);
                if (before != 0) {
                    cells.put(before, parent(before), next);
                }
                giveBack(cell);
                return before == 0 ? next : head;
            }
            before = cell;
        }
        return -1;
    }

    /** Takes a whole chain away. */
    void removeAll(long head) throws CatalogueException {
        long left = used;
        long cell = head;
        while (cell != 0) {
            check(left--);
            long next = next(cell);
            giveBack(cell);
            cell = next;
        }
    }

    /** The only parent of a chain of one, or 0 when it has more. */
    long only(long head) throws CatalogueException {
        return next(head) == 0 ? parent(head) : 0;
    }

    long parent(long cell) throws CatalogueException {
        return cells.first(cell);
    }

    private long next(long cell) throws CatalogueException {
        return cells.second(cell);
    }

    private void giveBack(long cell) throws CatalogueException {
        cells.put(cell, 0, free);
        free = cell;
    }

    /** Checksums keep chains from being damaged; this keeps a mistake of ours from running for ever. */
    private static void check(long left) throws CatalogueException {
        if (left <= 0) {
            throw new CatalogueException.Damaged("cannot follow a chain of parents: it is longer than the "
                    + "number of cells; the share is walked instead and the catalogue made anew; report this");
        }
    }
}
