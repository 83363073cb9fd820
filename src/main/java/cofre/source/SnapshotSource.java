package cofre.source;

import cofre.path.RawPath;
import java.util.List;

/** Freezes sources. One run at a time per source; different sources may be used from different threads. */
public interface SnapshotSource {
    /**
     * What is asked for.
     *
     * @param share the share's name, for messages
     * @param source the dataset's name, or the directory
     * @param root the share's live path: for ZFS the dataset's mount point or a directory below it
     */
    record Request(String share, String source, RawPath root) {}

    /** The source as it is now; says why when it cannot be frozen. */
    SourceId identify(Request request) throws SourceException;

    /**
     * Freezes all of them at one moment (where the kind allows it) and keeps the views from being destroyed by others.
     * Either all are frozen or none is.
     *
     * @param runId marks the views as this run's: letters, digits and dashes
     */
    List<Frozen> freeze(List<Request> requests, String runId) throws SourceException;

    /**
     * After {@code committed} is safely in the repository: keeps it from being destroyed, and lets others be. Doing it
     * again changes nothing.
     */
    void settle(Frozen committed) throws SourceException;

    /** After a run that came to nothing: lets go of the view, so that it can be thinned like any other. */
    void abandon(Frozen failed) throws SourceException;
}
