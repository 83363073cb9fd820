package cofre.repository;

import cofre.format.Snapshot;
import cofre.format.SnapshotId;

/**
 * A snapshot record together with its name.
 *
 * @param id the stored file's name
 * @param snapshot what it says
 */
public record StoredSnapshot(SnapshotId id, Snapshot snapshot) {}
