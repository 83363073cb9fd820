package cofre.versions;

import cofre.previous.PreviousException;
import cofre.previous.PreviousVersion;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.state.ShownPoints;
import cofre.storage.BackendException;
import java.io.IOException;
import java.util.List;

/** What the daemon lends the service. Thread-safe. */
public interface VersionHost {
    /** All shares that show what is in their repository, as the configuration is now. Asks ZFS, never a store. */
    List<ShownShare> shares();

    /** A repository of the configuration, for one piece of work; tries once. */
    Repository open(String repository) throws BackendException, RepositoryException, IOException, InterruptedException;

    /** Where that repository is, without credentials: another place is another repository. */
    String location(String repository);

    /** What is remembered of a share's points. */
    ShownPoints remembered(String share);

    /** Makes a share's farm show these. */
    void farm(String share, List<PreviousVersion> versions) throws PreviousException;
}
