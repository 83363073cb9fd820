package cofre.testkit.zfs;

import java.util.concurrent.atomic.AtomicLong;

/** What was asked of a snapshot's files since they were counted last. Thread-safe. */
public final class AccessCounts {
    final AtomicLong lists = new AtomicLong();
    final AtomicLong names = new AtomicLong();
    final AtomicLong looks = new AtomicLong();
    final AtomicLong enters = new AtomicLong();
    final AtomicLong opens = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong xattrs = new AtomicLong();

    /** Listings with a look at every entry. */
    public long lists() {
        return lists.get();
    }

    /** Listings of names alone. */
    public long names() {
        return names.get();
    }

    /** Looks at one thing: each entry of a listing with looks, each {@code look} and {@code stat}. */
    public long looks() {
        return looks.get();
    }

    /** Directories entered. */
    public long enters() {
        return enters.get();
    }

    /** Regular files opened. */
    public long opens() {
        return opens.get();
    }

    /** Bytes of content read. */
    public long bytes() {
        return bytes.get();
    }

    /** Readings of something's extended attributes. */
    public long xattrs() {
        return xattrs.get();
    }

    /** Counts from nothing again. */
    public void reset() {
        lists.set(0);
        names.set(0);
        looks.set(0);
        enters.set(0);
        opens.set(0);
        bytes.set(0);
        xattrs.set(0);
    }

    @Override
    public String toString() {
        return lists + " lists, " + names + " names, " + looks + " looks, " + enters + " enters, " + opens + " opens, "
                + bytes + " bytes, " + xattrs + " xattrs";
    }
}
