package cofre.restore;

import java.util.Optional;

/**
 * A place files are restored to. For one restore; thread-safe. Nothing outside of it is ever changed, whatever links are
 * in it or appear in it meanwhile.
 */
public interface RestoreTarget extends AutoCloseable {
    /** Where it is, for messages. */
    String location();

    /**
     * Its root, made when it is not there.
     *
     * @param label marks the partials of this restore: letters and digits. Those that an interrupted run with the same
     *     label left are removed as directories are listed
     * @throws TargetException.Unusable when there can be none
     */
    TargetDir openRoot(String label) throws TargetException;

    /** Its root for looking only, empty when it is not there. Nothing below may be changed through it. */
    Optional<TargetDir> lookAtRoot() throws TargetException;

    /** Closes all that is open. Partials not finished are left: discard them before. */
    @Override
    void close();
}
