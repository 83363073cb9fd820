package cofre.server;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes allowed and bytes used, of the whole server and of each repository. Space is taken before bytes are written and
 * given back when an upload fails or a file is deleted, so that uploads running at once cannot pass the limit together.
 * Thread-safe.
 */
final class Quota {
    private final OptionalLong serverLimit;
    private final OptionalLong repositoryLimit;
    private final AtomicLong serverUsed;
    private final Map<RepoPath, AtomicLong> repositoryUsed = new ConcurrentHashMap<>();

    /** @param usage what is on disk now */
    Quota(OptionalLong serverLimit, OptionalLong repositoryLimit, Usage usage) {
        this.serverLimit = serverLimit;
        this.repositoryLimit = repositoryLimit;
        this.serverUsed = new AtomicLong(usage.total());
        usage.byRepository().forEach((repo, bytes) -> repositoryUsed.put(repo, new AtomicLong(bytes)));
    }

    /** Bytes used of the whole server. */
    long used() {
        return serverUsed.get();
    }

    /** Notes that a stored file is gone. */
    void freed(RepoPath repo, long bytes) {
        serverUsed.addAndGet(-bytes);
        of(repo).addAndGet(-bytes);
    }

    /**
     * Begins an upload.
     *
     * @param announced its length, when the client said it
     */
    Share open(RepoPath repo, OptionalLong announced) throws Refusal.NoSpace {
        Share share = new Share(repo);
        share.cover(announced.orElse(0));
        return share;
    }

    private AtomicLong of(RepoPath repo) {
        return repositoryUsed.computeIfAbsent(repo, key -> new AtomicLong());
    }

    private static boolean take(AtomicLong used, long bytes, OptionalLong limit) {
        // Written so that a length near 2^63 cannot overflow into "fits".
        if (used.addAndGet(bytes) < 0 || (limit.isPresent() && used.get() > limit.getAsLong())) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** The space one upload holds. Used by one thread at a time. */
    final class Share {
        private final RepoPath repo;
        private long taken;

        private Share(RepoPath repo) {
            this.repo = repo;
        }

        /** Makes sure that {@code total} bytes of this upload are paid for. */
        void cover(long total) throws Refusal.NoSpace {
            long more = total - taken;
            if (more <= 0) {
                return;
            }
            if (!take(serverUsed, more, serverLimit)) {
                throw new Refusal.NoSpace("the server's quota of " + serverLimit.orElse(0) + " bytes is used up");
            }
            if (!take(of(repo), more, repositoryLimit)) {
                serverUsed.addAndGet(-more);
                throw new Refusal.NoSpace(
                        "the repository's quota of " + repositoryLimit.orElse(0) + " bytes is used up");
            }
            taken = total;
        }

        /** Ends the upload: {@code stored} bytes stay used, the rest is given back. */
        void keep(long stored) {
            freed(repo, taken - stored);
            taken = stored;
        }
    }
}
