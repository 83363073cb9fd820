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
    private final List<Finding> kept = new ArrayList<>();
    private long damages;

    /** Findings reported to {@code progress}. */
    public Findings(Progress progress) {
        this.progress = progress;
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

    /** Something that makes a restore point incomplete. */
    void damage(String object, String meaning) {
        add(
                Severity.DAMAGE,
                object,
                meaning,
                "restore points that need it are not whole; keep the source, make a new restore point, and look after the"
                        + " store");
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
