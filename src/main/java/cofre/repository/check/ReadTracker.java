package cofre.repository.check;

import cofre.format.PackId;
import java.util.Set;
import java.util.function.IntConsumer;

/** Finds out when all packs of a {@linkplain ReadCoverage slot} were read. Thread-safe. */
public final class ReadTracker {
    private final int[] left = new int[ReadCoverage.SLOTS]; // guarded by this
    private final IntConsumer whenRead;

    /** @param whenRead gets each slot once, as soon as nothing in it is left to be read; called by whichever thread read the last */
    public ReadTracker(IntConsumer whenRead) {
        this.whenRead = whenRead;
    }

    /** These are all packs there are; slots without packs are done. */
    public void begin(Set<PackId> all) {
        synchronized (this) {
            all.forEach(pack -> left[ReadCoverage.slot(pack)]++);
        }
        for (int slot = 0; slot < left.length; slot++) {
            if (isDone(slot)) {
                whenRead.accept(slot);
            }
        }
    }

    private synchronized boolean isDone(int slot) {
        return left[slot] == 0;
    }

    /** This one was read, whatever it gave. */
    void read(PackId pack) {
        int slot = ReadCoverage.slot(pack);
        boolean done;
        synchronized (this) {
            done = --left[slot] == 0;
        }
        if (done) {
            whenRead.accept(slot);
        }
    }
}
