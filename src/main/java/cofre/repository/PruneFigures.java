package cofre.repository;

import cofre.repository.prune.PrunePlan;
import cofre.repository.prune.PruneStep;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan in figures.
 *
 * @param packs number of packs the index names
 * @param usedBytes of what restore points need, each blob once
 * @param unusedBytes all the rest of these packs
 * @param keptPacks packs that stay as they are
 * @param keptBytes what these take
 * @param copiedPacks packs of which what is needed is copied
 * @param copiedBytes what is copied of them
 * @param droppedPacks packs that leave the index: those copied, and those of which nothing is needed
 * @param droppedBytes what these take
 * @param leftBytes unused bytes that stay
 * @param refused packs left as they are because something about them is wrong, and what, a sentence each
 * @param obstacles why nothing at all may be done, sentences; empty when the plan may be carried out
 */
public record PruneFigures(
        int packs,
        long usedBytes,
        long unusedBytes,
        int keptPacks,
        long keptBytes,
        int copiedPacks,
        long copiedBytes,
        int droppedPacks,
        long droppedBytes,
        long leftBytes,
        List<String> refused,
        List<String> obstacles) {
    public PruneFigures {
        refused = List.copyOf(refused);
        obstacles = List.copyOf(obstacles);
    }

    static PruneFigures of(PrunePlan plan) {
        List<String> refused = new ArrayList<>();
        int copied = 0;
        int dropped = 0;
        long droppedBytes = 0;
        for (PruneStep step : plan.steps()) {
            if (step instanceof PruneStep.Refuse wrong) {
                refused.add("pack " + wrong.pack().hex() + ": " + wrong.reason());
            } else if (step instanceof PruneStep.Copy copy) {
                copied++;
                dropped++;
                droppedBytes += copy.bytes();
            } else if (step instanceof PruneStep.Drop drop) {
                dropped++;
                droppedBytes += drop.bytes();
            }
        }
        PrunePlan.Totals totals = plan.totals();
        return new PruneFigures(
                totals.packs(),
                totals.usedBytes(),
                totals.unusedBytes(),
                totals.packs() - dropped,
                Math.max(0, totals.usedBytes() + totals.unusedBytes() - droppedBytes),
                copied,
                totals.copiedBytes(),
                dropped,
                droppedBytes,
                totals.remainingBytes(),
                refused,
                plan.obstacles());
    }
}
