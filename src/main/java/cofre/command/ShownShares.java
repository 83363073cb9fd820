package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.PreviousVersions;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.path.RawPath;
import cofre.previous.PreviousException;
import cofre.previous.PreviousVersion;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.state.ShareMemory;
import cofre.state.ShownPoints;
import cofre.storage.BackendException;
import cofre.versions.ShownShare;
import cofre.versions.VersionHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shares of the configuration as the time lines of previous versions need them. Thread-safe. */
public final class ShownShares implements VersionHost {
    private static final Logger LOG = LoggerFactory.getLogger(ShownShares.class);

    private final Supplier<CofreConfig> config;
    private final Sources sources;
    private final OpenRepositories repositories;
    private final Memories memories;
    private final Farms farms;
    private final String hostname;

    /** Asked for with each look at a version, so ZFS is asked once; another configuration has other settings. */
    private final Map<ShareSettings, RawPath> roots = new ConcurrentHashMap<>();

    /** Of whatever the configuration is at the moment; points of this host carry {@code hostname}. */
    public ShownShares(
            Supplier<CofreConfig> config,
            Sources sources,
            OpenRepositories repositories,
            Memories memories,
            Farms farms,
            String hostname) {
        this.config = config;
        this.sources = sources;
        this.repositories = repositories;
        this.memories = memories;
        this.farms = farms;
        this.hostname = hostname;
    }

    @Override
    public List<ShownShare> shares() {
        List<ShownShare> shown = new ArrayList<>();
        for (ShareSettings share : config.get().shares().values()) {
            if (share.previousVersions().showsRepository()) {
                try {
                    shown.add(share(share));
                } catch (SourceException | PreviousException e) {
                    LOG.warn("event=versions_not_shown share={} cause=\"{}\"", share.name(), e.getMessage());
                }
            }
        }
        return shown;
    }

    private ShownShare share(ShareSettings share) throws SourceException, PreviousException {
        PreviousVersions settings = share.previousVersions();
        return new ShownShare(
                share.name(),
                share.repository(),
                guid(share),
                hostname,
                sources.request(share).root(),
                farms.group(settings),
                settings.access() == PreviousVersions.Access.BOTH,
                settings.farmMax());
    }

    /** As ZFS says; when it does not answer, as the last run found it. */
    private Optional<String> guid(ShareSettings share) throws SourceException {
        if (!Sources.isZfs(share)) {
            return Optional.empty();
        }
        try {
            SourceId id = sources.zfs().identify(sources.request(share));
            return Optional.of(id.identity());
        } catch (SourceException e) {
            Optional<String> last = memories.last(share.name()).map(ShareMemory.LastPoint::source);
            if (last.isEmpty()) {
                throw e;
            }
            return last;
        }
    }

    /** Where a share is, if what it allows now counts for its versions; its versions are closed while ZFS does not say. */
    public Optional<RawPath> liveRoot(String name) {
        ShareSettings share = config.get().shares().get(name);
        if (share == null || share.previousVersions().access() != PreviousVersions.Access.BOTH) {
            return Optional.empty();
        }
        return Optional.of(roots.computeIfAbsent(share, this::root));
    }

    private RawPath root(ShareSettings share) {
        try {
            return sources.request(share).root();
        } catch (SourceException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    @Override
    public Repository open(String repository)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        return repositories.sessionNow(settings(repository));
    }

    @Override
    public String location(String repository) {
        return repository + " at " + settings(repository).location().place();
    }

    private RepositorySettings settings(String name) {
        RepositorySettings settings = config.get().repositories().get(name);
        if (settings == null) {
            throw new IllegalStateException("repository " + name + " has left the configuration");
        }
        return settings;
    }

    @Override
    public ShownPoints remembered(String share) {
        return memories.shownPoints(share);
    }

    @Override
    public void farm(String share, List<PreviousVersion> versions) throws PreviousException {
        ShareSettings settings = config.get().shares().get(share);
        if (settings != null && settings.previousVersions().enabled()) {
            farms.of(settings.previousVersions()).update(versions);
        }
    }
}
