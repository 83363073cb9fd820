package cofre.previous;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Samba configuration as {@code testparm -s} prints it: includes and copies are resolved, what equals a default is left
 * out. Names of sections and parameters are compared as Samba does, without regard to case and blanks. Immutable.
 */
public final class SmbConf {
    private static final String GLOBAL = "global";

    /** Other spellings Samba takes for parameters that matter here. */
    private static final Map<String, String> SYNONYMS = Map.of("vfsobject", "vfsobjects", "directory", "path");

    private final Map<String, Map<String, String>> sections;
    private final List<String> shareNames;

    private SmbConf(Map<String, Map<String, String>> sections, List<String> shareNames) {
        this.sections = sections;
        this.shareNames = List.copyOf(shareNames);
    }

    /** Reads testparm's standard output; lines that are neither a section nor a parameter are passed over. */
    public static SmbConf parse(String testparmOutput) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        Map<String, String> current = null;
        for (String line : testparmOutput.split("\\R", -1)) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            if (text.startsWith("[") && text.endsWith("]")) {
                String name = text.substring(1, text.length() - 1).strip();
                current = sections.computeIfAbsent(key(name), k -> new LinkedHashMap<>());
                if (!key(name).equals(GLOBAL)) {
                    names.add(name);
                }
            } else if (current != null && equals > 0) {
                String parameter = key(text.substring(0, equals));
                current.put(
                        SYNONYMS.getOrDefault(parameter, parameter),
                        text.substring(equals + 1).strip());
            }
        }
        return new SmbConf(sections, names);
    }

    /** Names of all shares, as written. */
    public List<String> shareNames() {
        return shareNames;
    }

    /** Whether there is such a share. */
    public boolean hasShare(String share) {
        return !key(share).equals(GLOBAL) && sections.containsKey(key(share));
    }

    /** What holds for a share: its own value, or the one of [global]. */
    public Optional<String> value(String share, String parameter) {
        String own = sections.getOrDefault(key(share), Map.of()).get(key(parameter));
        return Optional.ofNullable(
                own != null ? own : sections.getOrDefault(GLOBAL, Map.of()).get(key(parameter)));
    }

    /** Whether a boolean parameter that is off by default is on. */
    boolean isOn(String share, String parameter) {
        return value(share, parameter)
                .map(v -> Set.of("yes", "true", "1", "on").contains(v.toLowerCase(Locale.ROOT)))
                .orElse(false);
    }

    /** The VFS modules of a share, in their order. */
    List<String> vfsObjects(String share) {
        return value(share, "vfs objects").stream()
                .flatMap(v -> List.of(v.split("[\\s,]+", -1)).stream())
                .filter(module -> !module.isEmpty())
                .toList();
    }

    private static String key(String name) {
        return name.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }
}
