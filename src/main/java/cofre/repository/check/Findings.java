package cofre.repository.check;

import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings from several threads and reports each at once. What is kept is bounded, what is counted is not. */
public final class Findings {
    private static final int KEPT = 10_000;

    private final Progress progress;
    private final String repository;
    private final List<Finding> kept = new ArrayList<>();
    private long damages;

    /**
     * Findings reported to {@code progress}.
     *
     * @param repository its name, as commands take it
     */
    public Findings(Progress progress, String repository) {
        this.progress = progress;
        this.repository = repository;
    }

    /** Adds one. */
    public synchronized void add(Severity severity, String object, String meaning, String advice) {
        Finding finding = new Finding(severity, object, meaning, advice);
        if (kept.size() < KEPT) {
            kept.add(finding);
        }
        damages += severity == Severity.DAMAGE ? 1 : 0;
        progress.message(
                switch (severity) {
                    case INFO -> Level.INFO;
                    case WARNING -> Level.WARNING;
                    case DAMAGE -> Level.ERROR;
                },
                finding.toString());
    }

    /** The name of the repository, as commands take it. */
    String repository() {
        return repository;
    }

    /** Something that makes a restore point incomplete. What is still in the source can be kept anew, the rest is lost. */
    void damage(String object, String meaning) {
        add(
                Severity.DAMAGE,
                object,
                meaning,
                "what is still in the source is kept anew by: cofre backup --all; then take what is lost out of the restore"
                        + " points: cofre repair snapshots " + repository + "; and look after the store's disks");
    }

    /** The first ones, in the order they came. */
    public synchronized List<Finding> kept() {
        return List.copyOf(kept);
    }

    /** How many are damage. */
    public synchronized long damages() {
        return damages;
    }
}
