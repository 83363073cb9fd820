package cofre.repository.prune;

import cofre.repository.prune.PackFacts.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a prune would do. Deciding is pure: the same facts and rules give the same plan. Packs that are not named stay.
 *
 * @param steps packs that do not simply stay: refused ones first, then those dropped, then those copied, in the order in
 *     which they are worth it
 * @param obstacles why nothing at all may be done, sentences; empty when the plan may be carried out
 * @param totals the figures
 */
public record PrunePlan(List<PruneStep> steps, List<String> obstacles, Totals totals) {
    public PrunePlan {
        steps = List.copyOf(steps);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * Figures of a plan, in bytes unless said otherwise.
     *
     * @param packs number of packs the index names
     * @param usedBytes of blobs that are needed, once each
     * @param unusedBytes all the rest of these packs, before
     * @param droppedBytes of packs nothing of which is needed
     * @param copiedBytes what is copied
     * @param freedBytes what copying gives back
     * @param remainingBytes unused bytes that stay, refused packs included
     */
    public record Totals(
            int packs,
            long usedBytes,
            long unusedBytes,
            long droppedBytes,
            long copiedBytes,
            long freedBytes,
            long remainingBytes) {}

    /** Decides upon these packs. */
    public static PrunePlan of(Iterable<PackFacts> packs, PruneRules rules) {
        Decisions decisions = new Decisions(rules);
        packs.forEach(decisions::sort);
        return decisions.plan();
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.stream().allMatch(PruneStep.Refuse.class::isInstance);
    }

    /** One line for each step, and one for the figures. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        obstacles.forEach(obstacle -> text.append(obstacle).append('\n'));
        steps.forEach(step -> text.append(step).append('\n'));
        return text.append(totals.packs() + " packs; used " + totals.usedBytes() + ", unused " + totals.unusedBytes()
                        + "; dropped " + totals.droppedBytes() + ", copied " + totals.copiedBytes() + " to free "
                        + totals.freedBytes() + "; " + totals.remainingBytes() + " stay unused")
                .toString();
    }

    /** Sorts packs first, then chooses what is copied. */
    private static final class Decisions {
        private final PruneRules rules;
        private final List<PruneStep> refused = new ArrayList<>();
        private final List<PruneStep> dropped = new ArrayList<>();
        private final List<PruneStep> copied = new ArrayList<>();
        private final List<String> obstacles = new ArrayList<>();
        private final List<PackFacts> partly = new ArrayList<>();
        private final Map<Kind, List<PackFacts>> small = new EnumMap<>(Kind.class);
        private int count;
        private long used;
        private long unused;
        private long droppedBytes;
        private long copiedBytes;
        private long freed;
        private long remaining;

        Decisions(PruneRules rules) {
            this.rules = rules;
        }

        void sort(PackFacts pack) {
            count++;
            used += pack.usedBytes();
            unused += pack.unusedBytes();
            if (pack.stored() < 0 && pack.usedBlobs() > 0) {
                obstacles.add("pack " + pack.id().hex() + " is not on the store, but restore points need "
                        + pack.usedBlobs() + " of its blobs");
            } else if (pack.stored() >= 0 && pack.stored() != pack.listed()) {
                remaining += pack.unusedBytes();
                refused.add(new PruneStep.Refuse(
                        pack.id(), "it has " + pack.stored() + " bytes vs " + pack.listed() + " by the index"));
            } else if (pack.usedBlobs() == 0) {
                droppedBytes += Math.max(0, pack.stored());
                dropped.add(new PruneStep.Drop(pack.id(), Math.max(0, pack.stored()), pack.stored() >= 0));
            } else {
                sortUsed(pack);
            }
        }

        private void sortUsed(PackFacts pack) {
            remaining += pack.unusedBytes(); // until it is chosen
            if (rules.onlyCacheable() && pack.kind() != Kind.TREES) {
                return;
            }
            if (rules.mixed() && pack.kind() == Kind.MIXED) {
                copy(pack, "it holds directories and file content");
            } else if (rules.uncompressed() && pack.uncompressed()) {
                copy(pack, "not all of it is compressed");
            } else if (pack.listed() < rules.small()) {
                small.computeIfAbsent(pack.kind(), kind -> new ArrayList<>()).add(pack);
            } else if (pack.unusedBytes() > 0) {
                partly.add(pack);
            }
        }

        private void copy(PackFacts pack, String reason) {
            remaining -= pack.unusedBytes();
            freed += pack.unusedBytes();
            copiedBytes += pack.usedBytes();
            copied.add(new PruneStep.Copy(pack.id(), pack.usedBytes(), pack.stored(), reason));
        }

        PrunePlan plan() {
            small.values().forEach(this::merge);
            partly.sort(Comparator.comparingDouble(PackFacts::unusedShare)
                    .reversed()
                    .thenComparing(pack -> pack.id().hex()));
            long limit = rules.maxUnused().limit(used);
            for (PackFacts pack : partly) {
                if (remaining > limit) {
                    copy(pack, pack.unusedBytes() + " bytes are not needed");
                }
            }
            List<PruneStep> steps = new ArrayList<>(refused);
            steps.addAll(dropped);
            steps.addAll(copied);
            return new PrunePlan(
                    steps, obstacles, new Totals(count, used, unused, droppedBytes, copiedBytes, freed, remaining));
        }

        /** Merging the same few packs every day would cost more than they do: only once two can be filled. */
        private void merge(List<PackFacts> packs) {
            long together = packs.stream().mapToLong(PackFacts::usedBytes).sum();
            if (packs.size() > 2 && together >= 2 * rules.small()) {
                packs.forEach(pack -> copy(pack, "small"));
            } else {
                packs.stream().filter(pack -> pack.unusedBytes() > 0).forEach(partly::add);
            }
        }
    }
}
