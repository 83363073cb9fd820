package cofre.daemon;

import java.util.Set;

/**
 * What a job is.
 *
 * @param kind the command that asked for it, e.g. {@code backup}
 * @param title for people, e.g. the share's name
 * @param keys what it works on, e.g. {@code share:obras}, {@code repository:central}
 */
public record JobSpec(String kind, String title, Set<String> keys) {
    public JobSpec {
        keys = Set.copyOf(keys);
    }
}
