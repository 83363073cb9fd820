package cofre.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code cofre.toml}. Pure: looks at nothing but the text. */
public final class ConfigReader {
    /** Far more than any hand-written file; keeps a wrong file (a disk image, a log) from being parsed. */
    private static final int MAX_CHARS = 1 << 20;

    private ConfigReader() {}

    /**
     * The configuration {@code text} holds.
     *
     * @throws ConfigException with every fault there is: of syntax only the first, of meaning all
     */
    public static CofreConfig parse(String text) throws ConfigException {
        KeyLines lines = KeyLines.of(text);
        Faults faults = new Faults(lines);
        Table root = new Table(List.of(), tree(text, lines), faults);
        DaemonSettings daemon = DaemonReader.read(root.table("daemon"));
        Map<String, RepositorySettings> repositories = repositories(root);
        Map<String, ShareSettings> shares = shares(root, new ShareReader(daemon, repositories.keySet()));
        root.rejectOthers();
        ShareConflicts.find(shares, faults);
        if (!faults.inOrder().isEmpty()) {
            throw new ConfigException(faults.inOrder());
        }
        return new CofreConfig(daemon, repositories, shares);
    }

    private static JsonNode tree(String text, KeyLines lines) throws ConfigException {
        if (text.length() > MAX_CHARS) {
            throw new ConfigException(
                    List.of(new ConfigFault(0, "", text.length() + " characters", "at most " + MAX_CHARS)));
        }
        try {
            return new TomlMapper().readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            if (lines.duplicateLine() > 0 && lines.duplicateLine() <= line) {
                // The parser notices a second key only when its value is read, lines later.
                line = lines.duplicateLine();
            }
            throw new ConfigException(List.of(new ConfigFault(line, "", Faults.shown(e.getOriginalMessage()), "TOML")));
        }
    }

    private static Map<String, RepositorySettings> repositories(Table root) {
        Map<String, RepositorySettings> all = new LinkedHashMap<>();
        Table tables = root.table("repository");
        for (String name : tables.names()) {
            if (!Names.isRepository(name)) {
                tables.fault(name, Faults.quoted(name), Names.REPOSITORY);
            }
            all.put(name, RepositoryReader.read(name, tables.table(name)));
        }
        return all;
    }

    private static Map<String, ShareSettings> shares(Table root, ShareReader reader) {
        Map<String, ShareSettings> all = new LinkedHashMap<>();
        Table tables = root.table("share");
        for (String name : tables.names()) {
            if (!Names.isShare(name)) {
                tables.fault(name, Faults.quoted(name), Names.SHARE);
            }
            all.put(name, reader.read(name, tables.table(name)));
        }
        return all;
    }
}
