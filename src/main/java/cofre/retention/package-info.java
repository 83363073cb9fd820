/**
 * Which points in time stay and which go: restic's rules, and what cofre adds so that nobody loses more than was asked.
 *
 * <p>Words: a <em>candidate</em> is anything with a name and a time that may be kept or dropped: a restore point, a ZFS
 * snapshot, a previous version. A <em>series</em> is the restore points that are judged together. A <em>rule</em> keeps
 * candidates, a <em>policy</em> is several rules of which one is enough; an <em>interval</em> is an hour, day, week, month
 * or year of the candidate's own clock. A candidate is of the <em>future</em> when its time is not before now. A
 * <em>plan</em> says for each candidate what becomes of it and why; a <em>refusal</em> is a reason to carry out none of it.
 *
 * <p>On the same candidates a policy keeps what {@code restic forget} keeps, for the same reasons. Two things differ, and
 * only to keep more: candidates of the future are kept and count for nothing (restic lets them use up its counts and may
 * drop them), and pinned or held ones are kept.
 *
 * <p>Lives here: {@link cofre.retention.Retention}, the front door; {@link cofre.retention.RetentionPolicy} and its {@link
 * cofre.retention.Rule}s; {@link cofre.retention.RetentionPlan}, {@link cofre.retention.Reason}, {@link
 * cofre.retention.Refusal}; {@link cofre.retention.Series}.
 *
 * <p>May use: format.
 *
 * <p>Must not: do anything. No clock, no store, no ZFS: whoever carries out a plan lives elsewhere.
 */
package cofre.retention;
