package cofre.command;

import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobState;
import cofre.daemon.JobView;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tasks of a job that has ended are worth another try. Pure. */
final class Retries {
    /** What time does not heal: somebody has to do something first. */
    private static final Set<Integer> HOPELESS = Set.of(Exit.UNRECOGNISED, Exit.WRONG_PASSWORD);

    private Retries() {}

    /** Those: of shares, all of which nothing was made; of others, those that could not be done at all. */
    static Set<String> of(JobView job, Collection<String> tasks) {
        Set<String> failed = new LinkedHashSet<>();
        if (job.state() == JobState.CANCELLED || HOPELESS.contains(job.exit())) {
            return failed;
        }
        boolean isDone = job.state() == JobState.DONE;
        boolean isWell = isDone && (job.exit() == Exit.OK || job.exit() == Exit.INCOMPLETE);
        Object rows = job.data().get(JobOutcome.ITEMS);
        for (String task : tasks) {
            boolean isOfShare = task.startsWith(Scheduling.backup("")) || task.startsWith(Scheduling.local(""));
            if (isOfShare ? !isWell && !isMade(task, rows) : !isDone) {
                failed.add(task);
            }
        }
        return failed;
    }

    private static boolean isMade(String task, Object rows) {
        String share = task.substring(task.indexOf(':') + 1);
        return rows instanceof List<?> list
                && list.stream().anyMatch(row -> row instanceof Map<?, ?> map && share.equals(map.get("share")));
    }
}
