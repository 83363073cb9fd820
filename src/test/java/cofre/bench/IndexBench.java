package cofre.bench;

import cofre.progress.Progress;
import cofre.repository.PruneMemory;
import cofre.repository.PruneOptions;
import cofre.repository.PruneRun;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.Tuning;
import cofre.repository.prune.PrunePlan;
import cofre.seal.Secret;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * One of two things with a repository, for whoever looks at what the process takes: {@code IndexBench open|plan REPOSITORY
 * PASSWORD} loads its index, or decides what a prune would do. Not a test.
 */
public final class IndexBench {
    private IndexBench() {}

    /** Does it. */
    public static void main(String[] args) throws Exception {
        Clock clock = Clock.systemUTC();
        Secret password = Secret.ofChars(args[2].toCharArray());
        try (Repository repository =
                new Repositories(Engines.engine(clock)).open(new LocalBackend(Path.of(args[1]), clock), password)) {
            if (args[0].equals("open")) {
                repository.loadIndex(Progress.NONE);
                System.out.println(repository.index().packs().size() + " packs");
            } else {
                PruneOptions options = PruneOptions.standard(Tuning.standard());
                PrunePlan plan = new PruneRun(repository, options, new NoMemory(), Progress.NONE).plan();
                System.out.println(plan.totals() + " in " + plan.steps().size() + " steps");
            }
        }
    }

    /** A plan remembers nothing. */
    private static final class NoMemory implements PruneMemory {
        @Override
        public Optional<byte[]> recall() {
            return Optional.empty();
        }

        @Override
        public void remember(byte[] list) {
            throw new AssertionError("a plan changes nothing");
        }
    }
}
