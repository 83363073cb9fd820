package cofre.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every fault that was found, in the order of the file. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigFault> faults;

    /** One exception for all {@code faults}, at least one. */
    public ConfigException(List<ConfigFault> faults) {
        super(faults.stream().map(ConfigFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong: at least one. */
    public List<ConfigFault> faults() {
        return faults;
    }
}
