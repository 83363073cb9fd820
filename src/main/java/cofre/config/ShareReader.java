package cofre.config;

import cofre.path.RawName;
import cofre.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a table {@code [share.NAME]}. */
final class ShareReader {
    /** Beyond 512 Windows may show no version at all (TrueNAS cites it); Samba's own limit is near 1300. */
    private static final int MAX_FARM = 512;

    private static final int FARM = 256;
    private static final int AUDIT_DAYS = 7;
    private static final int AUDIT_PARTS = 28;
    private static final int MAX_AUDIT_DAYS = 365;

    private final DaemonSettings daemon;
    private final Set<String> repositories;

    ShareReader(DaemonSettings daemon, Set<String> repositories) {
        this.daemon = daemon;
        this.repositories = repositories;
    }

    ShareSettings read(String name, Table table) {
        ShareSource source = source(table);
        ShareSettings settings = new ShareSettings(
                name,
                source,
                repository(table),
                table.words("exclude", "a list of patterns: [\"*.tmp\", \"/cache\"]"),
                previousVersions(name, table, source),
                LocalReader.read(table, source),
                changes(table, source),
                table.schedule("schedule"),
                KeepReader.read(table, "keep"));
        table.rejectOthers();
        return settings;
    }

    private static ChangeSettings changes(Table table, ShareSource source) {
        ChangeSettings.Method method = table.read("change_detection", "auto, diff or walk", ShareReader::method)
                .orElse(ChangeSettings.Method.AUTO);
        if (source instanceof ShareSource.Directory
                && table.has("change_detection")
                && method != ChangeSettings.Method.WALK) {
            table.fault(
                    "change_detection",
                    method.name().toLowerCase(Locale.ROOT),
                    "walk, since nothing tells what changed in a directory");
        }
        return new ChangeSettings(
                method,
                table.number("audit_days", 1, MAX_AUDIT_DAYS, AUDIT_DAYS),
                table.number("audit_parts", 0, MAX_AUDIT_DAYS, AUDIT_PARTS));
    }

    private static Optional<ChangeSettings.Method> method(String text) {
        return switch (text) {
            case "auto" -> Optional.of(ChangeSettings.Method.AUTO);
            case "diff" -> Optional.of(ChangeSettings.Method.DIFF);
            case "walk" -> Optional.of(ChangeSettings.Method.WALK);
            default -> Optional.empty();
        };
    }

    private static ShareSource source(Table table) {
        Optional<String> dataset =
                table.read("dataset", Names.DATASET, t -> Optional.of(t).filter(Names::isDataset));
        Optional<RawPath> path = table.rawPath("path");
        Optional<RawPath> directory = table.rawPath("directory");
        if (table.has("dataset") && table.has("directory")) {
            table.fault("directory", "a second source", "dataset or directory, not both");
        } else if (!table.has("dataset") && !table.has("directory")) {
            table.missing("dataset", "dataset or directory");
        } else if (table.has("path") && table.has("directory")) {
            table.fault("path", "a path", "nothing, since directory says it; path belongs to dataset");
        }
        return table.has("directory")
                ? new ShareSource.Directory(directory.orElse(RawPath.ROOT))
                : new ShareSource.Dataset(dataset.orElse("none"), path);
    }

    private String repository(Table table) {
        String expected = repositories.isEmpty()
                ? "the name of a [repository.NAME]; there is none"
                : "one of " + String.join(", ", repositories);
        if (!table.has("repository")) {
            table.missing("repository", expected);
        }
        return table.read("repository", expected, t -> Optional.of(t).filter(repositories::contains))
                .orElse("");
    }

    private PreviousVersions previousVersions(String name, Table table, ShareSource source) {
        boolean dataset = source instanceof ShareSource.Dataset;
        boolean enabled = table.flag("previous_versions", dataset);
        boolean repository = table.flag("previous_repository", true);
        if (enabled && !dataset && !repository) {
            table.fault("previous_repository", "false", "true, since a directory has no snapshots to show");
        }
        RawPath previous = RawPath.of(daemon.previousDir().toString().getBytes(StandardCharsets.UTF_8));
        RawPath farm = table.rawPath("farm_dir").orElseGet(() -> farmBelow(previous, name));
        Optional<String> group =
                table.read("farm_group", Names.GROUP, t -> Optional.of(t).filter(Names::isGroup));
        return new PreviousVersions(
                enabled,
                farm,
                group,
                table.number("farm_max", 1, MAX_FARM, FARM),
                repository,
                table.oneOf("previous_access", PreviousVersions.Access.class, PreviousVersions.Access.THEN));
    }

    private static RawPath farmBelow(RawPath previous, String name) {
        return RawName.isValid(name.getBytes(StandardCharsets.UTF_8))
                ? previous.resolve(RawName.ofText(name))
                : previous;
    }
}
