package cofre.repository.check;

import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.PackId;
import cofre.repository.check.Finding.Severity;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.BlobMarks;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Packs something is wrong with. What that means is found out at the end: which of their blobs cannot be had from anywhere, and
 * whether a restore point needs these. Packs may be added by several threads; all else is for one.
 */
public final class DamagedPacks {
    /** How many bad copies are named. */
    private static final int NAMED = 100_000;

    /** How many reasons of one pack are told: the rest is of the same kind. */
    private static final int REASONS = 3;

    /** Reads one place of a blob. */
    public interface Places {
        /** Whether this very place gives the blob. */
        boolean isSound(BlobPlace place) throws BackendException;
    }

    private static final class Sum {
        private int blobs;
        private int bad;
        private int lost;
        private int needed;
    }

    private final BlobIndex index;
    private final Findings findings;
    private final BlobMarks marks;
    private final Map<PackId, List<String>> packs = new LinkedHashMap<>(); // guarded by itself
    private final Set<BadCopy> bad = new LinkedHashSet<>();
    private boolean knowsUsed = true;

    /** @param index what is checked; nothing is added to it meanwhile */
    public DamagedPacks(BlobIndex index, Findings findings) {
        this.index = index;
        this.findings = findings;
        this.marks = index.newMarks();
    }

    /** Something is wrong with this pack. */
    public void add(PackId pack, String reason) {
        synchronized (packs) {
            List<String> reasons = packs.computeIfAbsent(pack, p -> new ArrayList<>());
            if (reasons.size() < REASONS) {
                reasons.add(reason);
            }
        }
    }

    /** Something was wrong with this pack before: it is told of if that is so still. */
    public void doubt(PackId pack) {
        synchronized (packs) {
            packs.putIfAbsent(pack, new ArrayList<>());
        }
    }

    /** A restore point needs this blob. */
    void used(BlobHandle blob) {
        marks.mark(blob);
    }

    /** What restore points need is not known whole: so any blob counts as needed. */
    void usedUnknown() {
        knowsUsed = false;
    }

    /** A restore point needs this blob, which no index names. */
    void missing(BlobHandle blob) {
        remember(new BadCopy(blob, Optional.empty()));
    }

    private void remember(BadCopy copy) {
        if (bad.size() < NAMED) {
            bad.add(copy);
        }
    }

    /** Copies that do not give their blobs, as far as that was found by {@link #tell}; the first hundred thousand. */
    public Set<BadCopy> bad() {
        return new LinkedHashSet<>(bad);
    }

    /** Reads what is in these packs, blob by blob, from wherever it can be had, and tells of each pack. */
    public void tell(Places places) throws BackendException, InterruptedException {
        Map<PackId, List<String>> all;
        synchronized (packs) {
            all = new LinkedHashMap<>(packs);
        }
        if (all.isEmpty()) {
            return;
        }
        Map<PackId, Sum> sums = new LinkedHashMap<>();
        all.keySet().forEach(pack -> sums.put(pack, new Sum()));
        for (BlobHandle blob : blobsIn(all.keySet())) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the check was interrupted");
            }
            look(blob, sums, places);
        }
        all.forEach((pack, reasons) -> tell(pack, reasons, sums.get(pack)));
    }

    private Set<BlobHandle> blobsIn(Set<PackId> some) {
        Set<BlobHandle> blobs = new HashSet<>();
        index.forEach((blob, place) -> {
            if (some.contains(place.pack())) {
                blobs.add(blob);
            }
        });
        for (BlobHandle blob : index.duplicated()) {
            if (index.findAll(blob).stream().anyMatch(place -> some.contains(place.pack()))) {
                blobs.add(blob);
            }
        }
        return blobs;
    }

    private void look(BlobHandle blob, Map<PackId, Sum> sums, Places places) throws BackendException {
        boolean isSound = false;
        List<BlobPlace> all = index.findAll(blob);
        for (BlobPlace place : all) {
            if (places.isSound(place)) {
                isSound = true;
            } else {
                Optional.ofNullable(sums.get(place.pack())).ifPresent(sum -> sum.bad++);
                remember(new BadCopy(blob, Optional.of(place.pack())));
            }
        }
        for (BlobPlace place : all) {
            Sum sum = sums.get(place.pack());
            if (sum != null) {
                sum.blobs++;
                sum.lost += isSound ? 0 : 1;
                sum.needed += !isSound && (!knowsUsed || marks.isMarked(blob)) ? 1 : 0;
            }
        }
    }

    private void tell(PackId pack, List<String> reasons, Sum sum) {
        if (reasons.isEmpty() && sum.bad == 0) {
            return;
        }
        String object = "pack " + pack.hex();
        String why = reasons.isEmpty() ? sum.bad + " blobs in it do not open" : String.join("; ", reasons);
        String name = findings.repository();
        if (sum.needed > 0) {
            findings.add(
                    Severity.DAMAGE,
                    object,
                    why + "; " + sum.needed + " of its " + sum.blobs
                            + " blobs cannot be had from anywhere, and restore points need them",
                    "what is still in the source is kept anew by: cofre backup --all; then: cofre repair packs " + name
                            + "; and what is lost for good is taken out of restore points by: cofre repair snapshots "
                            + name + "; look after the store's disks");
        } else {
            // Nothing is lost, but the store's bytes are wrong: that must not look as if all were well.
            findings.add(
                    Severity.DAMAGE,
                    object,
                    why + "; "
                            + (sum.lost == 0
                                    ? "everything in it can still be had"
                                    : "no restore point needs the " + sum.lost
                                            + " blobs of it that cannot be had from anywhere"),
                    "to replace it: cofre repair packs " + name + "; look after the store's disks");
        }
    }
}
