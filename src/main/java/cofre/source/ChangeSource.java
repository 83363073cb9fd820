package cofre.source;

import java.util.Optional;

/**
 * Tells what changed between two frozen views of one source. One call at a time per source; different sources may be asked
 * from different threads.
 *
 * <p>Whoever asks keeps the base from being destroyed meanwhile; {@link SnapshotSource#settle} has done that for the view
 * of the last restore point.
 */
public interface ChangeSource {
    /** How changes are found. */
    enum Method {
        /**
         * From the list of objects in {@code zfs send -i}: all of what changed, and objects beside it that did not; what is
         * told are object numbers and the ranges of their contents that were written, never names.
         */
        STREAM,
        /** From {@code zfs diff}: names, where they are right. It is known to leave changes out without a word. */
        DIFF
    }

    /**
     * The earlier view with this id, if it or a bookmark of it still is there, is of the same dataset, and is older than
     * {@code view}. Prefers the snapshot.
     *
     * @param viewId the {@link Frozen#viewId} the last restore point was made from
     */
    Optional<Base> base(Frozen view, String viewId) throws SourceException;

    /**
     * About how many bytes {@link Method#STREAM} would have to read.
     *
     * @throws SourceException.Refused when we are not permitted to send
     */
    long estimate(Base base, Frozen view) throws SourceException;

    /**
     * Tells all changes. When this returns normally everything was told and both views were the right ones until the end;
     * after an exception nothing of what was told may be used.
     *
     * @throws SourceException.ChangesUnknown when what was heard cannot be trusted to be all, with the reason
     */
    void tell(Method method, Base base, Frozen view, ChangeListener listener) throws SourceException;
}
