package cofre.command;

import cofre.config.LocalTier;
import cofre.retention.Candidate;
import cofre.retention.Candidate.Shield;
import cofre.retention.Guard;
import cofre.retention.Refusal;
import cofre.retention.Retention;
import cofre.retention.RetentionPlan;
import cofre.retention.RetentionPolicy;
import cofre.zfs.OwnSnapshot;
import cofre.zfs.Surplus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which own snapshots of a dataset stay here: those that any of its shares wants, by its policy or else by its number; of
 * these the newest, as many as the share that wants most allows. Those that are held or needed are none of its business: they
 * stay, and take nobody's place. For one use.
 */
final class LocalThinning implements Surplus {
    /** ZFS tells whole seconds: one that was taken in this very second is not of the future. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final List<LocalTier> tiers;
    private final Instant now;
    private final ZoneId zone;
    private final List<String> refusals = new ArrayList<>();

    /**
     * @param tiers of all shares of the dataset, one at least
     * @param zone of the clock on which days and weeks are read: ZFS knows none
     */
    LocalThinning(List<LocalTier> tiers, Instant now, ZoneId zone) {
        this.tiers = List.copyOf(tiers);
        this.now = now;
        this.zone = zone;
    }

    @Override
    public Set<String> of(List<OwnSnapshot> all, Set<String> needed) {
        Set<String> wanted = new HashSet<>();
        for (LocalTier tier : tiers) {
            wanted.addAll(
                    tier.keep().map(policy -> byPolicy(policy, all, needed)).orElseGet(() -> newest(all, tier)));
        }
        int most = tiers.stream().mapToInt(LocalTier::most).max().orElseThrow();
        Set<String> surplus = new HashSet<>();
        int staying = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            String guid = all.get(i).guid();
            boolean stays = wanted.contains(guid) && staying < most;
            staying += stays ? 1 : 0;
            if (!stays && !needed.contains(guid)) {
                surplus.add(guid);
            }
        }
        return surplus;
    }

    private Set<String> byPolicy(RetentionPolicy policy, List<OwnSnapshot> all, Set<String> needed) {
        RetentionPlan<String> plan = new Retention(policy, Guard.ONLY_ALL)
                .plan(all.stream().map(snapshot -> candidate(snapshot, needed)).toList(), now.plus(TICK));
        for (Refusal refusal : plan.refusals()) {
            refusals.add(refusal.text());
        }
        Set<String> wanted = new HashSet<>();
        all.forEach(snapshot -> wanted.add(snapshot.guid()));
        plan.removals().forEach(wanted::remove);
        return wanted;
    }

    private Candidate<String> candidate(OwnSnapshot snapshot, Set<String> needed) {
        boolean isHeld = snapshot.holds() > 0 || needed.contains(snapshot.guid());
        return new Candidate<>(
                snapshot.guid(),
                snapshot.time().atZone(zone).toOffsetDateTime(),
                List.of(),
                isHeld ? Shield.HELD : Shield.NONE);
    }

    private static Set<String> newest(List<OwnSnapshot> all, LocalTier tier) {
        Set<String> newest = new HashSet<>();
        all.subList(Math.max(0, all.size() - tier.most()), all.size()).forEach(each -> newest.add(each.guid()));
        return newest;
    }

    /** Why a policy was not followed: it would keep nothing. */
    List<String> refusals() {
        return refusals;
    }
}
