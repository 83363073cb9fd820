package cofre.daemon;

import java.util.Set;

/**
 * What a job is.
 *
 * @param kind the command that asked for it, e.g. {@code backup}
 * @param title for people, e.g. the share's name
 * @param keys what it works on, e.g. {@code share:obras}, {@code repository:central}
 * @param isLight whether it takes moments and little memory: it then waits for none but those of its keys, and is soon
 *     forgotten when it went well, so that many of its kind do not push the others out of the history
 */
public record JobSpec(String kind, String title, Set<String> keys, boolean isLight) {
    public JobSpec {
        keys = Set.copyOf(keys);
    }

    /** One that takes its time. */
    public JobSpec(String kind, String title, Set<String> keys) {
        this(kind, title, keys, false);
    }

    /** One that takes moments. */
    public static JobSpec light(String kind, String title, Set<String> keys) {
        return new JobSpec(kind, title, keys, true);
    }
}
