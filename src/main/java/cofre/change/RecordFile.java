package cofre.change;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of two longs, by number, in a file of checked pages, some of them in memory. A record that was never put is two
 * zeros; one is in use when its first long is not 0. After any exception nothing that was put since the last {@link #sync}
 * may be relied on. For one thread at a time.
 */
final class RecordFile implements AutoCloseable {
    private final CatalogueDisk.Pages disk;
    private final String name;
    private final int tag;
    private final int maxCached;
    /** Pages that were ever put to; any other is not read, whatever the file holds there. */
    private final ObjectSet present;

    private final LinkedHashMap<Long, RecordPage> cached = new LinkedHashMap<>(16, 0.75f, true);
    private RecordPage near;

    /**
     * @param name for messages
     * @param tag tells the file's kind
     * @param present the pages the file has; kept up to date here
     * @param maxCached pages in memory, 4 KiB each
     */
    RecordFile(CatalogueDisk.Pages disk, String name, int tag, ObjectSet present, int maxCached) {
        this.disk = disk;
        this.name = name;
        this.tag = tag;
        this.present = present;
        this.maxCached = maxCached;
    }

    ObjectSet present() {
        return present;
    }

    long first(long record) throws CatalogueException {
        RecordPage page = find(record / RecordPage.RECORDS);
        return page == null ? 0 : page.first((int) (record % RecordPage.RECORDS));
    }

    long second(long record) throws CatalogueException {
        RecordPage page = find(record / RecordPage.RECORDS);
        return page == null ? 0 : page.second((int) (record % RecordPage.RECORDS));
    }

    void put(long record, long first, long second) throws CatalogueException {
        long number = record / RecordPage.RECORDS;
        RecordPage page = find(number);
        if (page == null) {
            page = new RecordPage(number, tag);
            present.add(number);
            keep(page);
        }
        page.put((int) (record % RecordPage.RECORDS), first, second);
    }

    /** The first record in use that is at least {@code from}, or -1. */
    long nextUsed(long from) throws CatalogueException {
        long start = from;
        for (long number = present.next(from / RecordPage.RECORDS); number >= 0; number = present.next(number + 1)) {
            long first = number * RecordPage.RECORDS;
            start = Math.max(start, first);
            int used = find(number).nextUsed((int) (start - first));
            if (used >= 0) {
                return first + used;
            }
        }
        return -1;
    }

    /** Writes all that was put; on stable storage when this returns. */
    void sync() throws CatalogueException {
        List<RecordPage> dirty = new ArrayList<>();
        for (RecordPage page : cached.values()) {
            if (page.isDirty()) {
                dirty.add(page);
            }
        }
        dirty.sort(Comparator.comparingLong(page -> page.number));
        for (RecordPage page : dirty) {
            write(page);
        }
        try {
            disk.sync();
        } catch (IOException e) {
            throw unusable("sync", e);
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private RecordPage find(long number) throws CatalogueException {
        if (near != null && near.number == number) {
            return near;
        }
        if (!present.contains(number)) {
            return null;
        }
        RecordPage page = cached.get(number);
        if (page == null) {
            page = read(number);
            keep(page);
        }
        near = page;
        return page;
    }

    private void keep(RecordPage page) throws CatalogueException {
        if (cached.size() >= maxCached) {
            Map.Entry<Long, RecordPage> eldest = cached.entrySet().iterator().next();
            if (eldest.getValue().isDirty()) {
                write(eldest.getValue());
            }
            cached.remove(eldest.getKey());
        }
        cached.put(page.number, page);
        near = page;
    }

    private RecordPage read(long number) throws CatalogueException {
        RecordPage page = new RecordPage(number, tag);
        try {
            disk.read(page.raw(), number * RecordPage.BYTES);
        } catch (IOException e) {
            throw unusable("read", e);
        }
        if (!page.isWhole(tag)) {
            throw new CatalogueException.Damaged("cannot read page " + number + " of " + name
                    + ": its checksum does not match vs an intact page; the share is walked instead and the catalogue"
                    + " made anew; look at: zpool status -v");
        }
        return page;
    }

    private void write(RecordPage page) throws CatalogueException {
        try {
            disk.write(page.sealed(), page.number * RecordPage.BYTES);
            page.clean();
        } catch (IOException e) {
            throw unusable("write", e);
        }
    }

    private CatalogueException unusable(String verb, IOException e) {
        return new CatalogueException.Unusable(
                "cannot " + verb + " " + name + ": " + e.getMessage()
                        + " vs success; the share is walked instead; see whether its file system is full",
                e);
    }
}
