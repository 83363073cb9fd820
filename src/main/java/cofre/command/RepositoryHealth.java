package cofre.command;

import cofre.format.BadCopy;
import cofre.format.RepositoryId;
import cofre.repository.check.ReadCoverage;
import cofre.state.AtomicFile;
import cofre.state.CheckMemory;
import cofre.state.DamageMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this host remembers of one repository's health: what the last check came to, which data was read when, and which
 * copies of blobs were found bad. What cannot be kept is told in the log, and found again. Thread-safe.
 */
final class RepositoryHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryHealth.class);

    private final CheckMemory checks;
    private final AtomicFile coverage;
    private final Optional<DamageMemory> damage;

    private RepositoryHealth(CheckMemory checks, AtomicFile coverage, Optional<DamageMemory> damage) {
        this.checks = checks;
        this.coverage = coverage;
        this.damage = damage;
    }

    /** What is kept below this directory. */
    static RepositoryHealth in(Path dir, RepositoryId id) {
        Optional<DamageMemory> damage = Optional.empty();
        try {
            damage = Optional.of(new DamageMemory(dir.resolve(id.hex() + ".damage")));
        } catch (IOException e) {
            lost("damage", e);
        }
        return new RepositoryHealth(
                new CheckMemory(dir.resolve(id.hex() + ".json")),
                new AtomicFile(dir.resolve(id.hex() + ".coverage")),
                damage);
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void keep(String what, Act act) {
        try {
            act.run();
        } catch (IOException e) {
            lost(what, e);
        }
    }

    private static void lost(String what, IOException e) {
        LOG.warn("event=health_memory what={} cause=\"{}\"", what, e.toString());
    }

    Optional<CheckMemory.Result> lastCheck() {
        try {
            return checks.read();
        } catch (IOException e) {
            lost("check", e);
            return Optional.empty();
        }
    }

    void checked(CheckMemory.Result result) {
        keep("check", () -> checks.write(result));
    }

    /** Which data was read when; counting begins now when nothing is known. */
    ReadCoverage coverage(Instant now) {
        return storedCoverage().orElseGet(() -> ReadCoverage.beginning(now));
    }

    Optional<ReadCoverage> storedCoverage() {
        try {
            return coverage.read().flatMap(ReadCoverage::decode);
        } catch (IOException e) {
            lost("coverage", e);
            return Optional.empty();
        }
    }

    void covered(ReadCoverage now) {
        keep("coverage", () -> coverage.write(now.encode()));
    }

    Set<BadCopy> badCopies() {
        return damage.map(DamageMemory::copies).orElse(Set.of());
    }

    int badCount() {
        return damage.map(DamageMemory::size).orElse(0);
    }

    Set<BadCopy> badCopiesSince(String share) {
        return damage.map(memory -> memory.since(share)).orElse(Set.of());
    }

    /** A copy was met that does not give its blob. */
    void met(BadCopy copy) {
        damage.ifPresent(memory -> keep("damage", () -> memory.add(copy)));
    }

    void goneOver(String share, Collection<BadCopy> copies) {
        damage.ifPresent(memory -> keep("damage", () -> memory.goneOver(share, copies)));
    }

    /** Of the copies looked at just these are bad, and perhaps others. */
    void looked(Collection<BadCopy> looked, Collection<BadCopy> bad) {
        damage.ifPresent(memory -> keep("damage", () -> memory.replace(looked, bad)));
    }
}
