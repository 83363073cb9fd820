package cofre.source;

/**
 * An earlier view of a source, as far as it still exists: what changes are counted from.
 *
 * @param viewId the view's {@link Frozen#viewId}
 * @param label how it is called now: {@code tank/obras@cofre-…}, or {@code tank/obras#cofre-…} for a bookmark
 * @param createTxg the pool's transaction group it shows: an object made later has a larger one
 * @param isBookmark whether only a bookmark of it is left, which knows when it was but not what was in it
 */
public record Base(String viewId, String label, long createTxg, boolean isBookmark) {}
