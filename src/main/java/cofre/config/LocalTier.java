package cofre.config;

import cofre.retention.RetentionPolicy;
import cofre.schedule.Schedule;
import java.util.Optional;

/**
 * ZFS snapshots of a share that stay here, sent or not.
 *
 * @param most how many of our own are kept: 1 to 10000
 * @param schedule when some are made that are not sent
 * @param keep which of them are kept; empty for the newest
 */
public record LocalTier(int most, Schedule schedule, Optional<RetentionPolicy> keep) {}
