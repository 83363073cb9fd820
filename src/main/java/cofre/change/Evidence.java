package cofre.change;

/** What was heard of objects, as bits; what has to be kept beyond bits is bounded. For one thread while it is gathered. */
final class Evidence {
    /** The catalogue does not keep more either; a stream of ours has far fewer. */
    private static final int MAX_FREED = 100_000;

    private static final int MAX_PARENTS = 1_000_000;

    /** May have changed. */
    final ObjectSet changed = new ObjectSet();
    /** Told of as what they were at the last point: what they were then says something of what they are now. */
    final ObjectSet same = new ObjectSet();
    /** Made anew, or there is no telling. */
    final ObjectSet other = new ObjectSet();
    /** Told of as no directories. */
    final ObjectSet files = new ObjectSet();
    /** Content was written, or is kept elsewhere now. */
    final ObjectSet written = new ObjectSet();
    /** No entry of any directory but the root of the file system: that itself, ZFS's own, attributes. */
    final ObjectSet apart = new ObjectSet();
    /** Removed while open: in no directory any more. */
    final ObjectSet unlinked = new ObjectSet();
    /** Changed because an attribute of theirs did. */
    final ObjectSet owners = new ObjectSet();

    final ObjectSet strangers = new ObjectSet();
    /** Strangers whose remembered parent the catalogue knew. */
    final ObjectSet strangersInside = new ObjectSet();
    /** Strangers that told of their parent. */
    final ObjectSet strangersWithParent = new ObjectSet();

    final RememberedParents parents = new RememberedParents(MAX_PARENTS);
    final ContentRanges ranges;
    final FreedNumbers freed = new FreedNumbers(MAX_FREED);

    Evidence(int maxRanges) {
        ranges = new ContentRanges(maxRanges);
    }

    /** An owner that was itself not told of is as it was: an object that changed is always told of. */
    boolean isSameIncarnation(long object) {
        return !other.contains(object)
                && (same.contains(object) || (owners.contains(object) && !written.contains(object)));
    }
}
