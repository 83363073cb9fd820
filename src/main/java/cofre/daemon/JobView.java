package cofre.daemon;

import cofre.progress.ProgressReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as it was at one moment.
 *
 * @param id its number
 * @param kind the command that asked for it
 * @param title for people
 * @param state where it is in its life
 * @param queued when it was asked for
 * @param started when it began to run
 * @param ended when it ended
 * @param report how far it has come
 * @param warnings how many warnings and errors it told in all
 * @param messages the newest of what it told
 * @param exit its exit status; 0 while it has not ended
 * @param error what went wrong, a sentence; empty when nothing did
 * @param data what it came to
 */
public record JobView(
        long id,
        String kind,
        String title,
        JobState state,
        Instant queued,
        Optional<Instant> started,
        Optional<Instant> ended,
        ProgressReport report,
        long warnings,
        List<JobMessage> messages,
        int exit,
        String error,
        Map<String, Object> data) {}
