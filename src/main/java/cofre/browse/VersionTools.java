package cofre.browse;

import cofre.path.RawName;
import cofre.progress.Ticker;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What {@link Versions} are made with.
 *
 * @param access opens repositories
 * @param directory where directories are kept on local disk; made with mode 0700 when it is missing
 * @param spelling of names of extended attributes: from the repository's to the running system's
 * @param live rights of files in the live shares, where those count too
 * @param listener hears of versions that are ready
 */
public record VersionTools(
        RepositoryAccess access,
        Path directory,
        BrowseLimits limits,
        UnaryOperator<byte[]> spelling,
        LiveShare live,
        Listener listener,
        Ticker ticker) {
    /** Hears of what happens in the background; called by its threads, must not wait. */
    public interface Listener {
        /** All metadata of a version is on local disk now. */
        void ready(String share, RawName version);
    }
}
