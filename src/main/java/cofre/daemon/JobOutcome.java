package cofre.daemon;

import java.util.Map;

/**
 * What a job that came to its end has to say.
 *
 * @param exit one of {@link cofre.control.Exit}
 * @param data JSON values
 */
public record JobOutcome(int exit, Map<String, Object> data) {}
