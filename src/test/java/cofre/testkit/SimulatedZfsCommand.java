package cofre.testkit;

import cofre.testkit.SimulatedDataset.Bookmark;
import cofre.testkit.SimulatedDataset.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One call of the simulated zfs(8). Does all of it or, with the real one's message, nothing. */
final class SimulatedZfsCommand {
    /** What goes to standard error, with exit status 1. */
    static final class Complaint extends RuntimeException {
        private static final long serialVersionUID = 1;

        Complaint(String message) {
            super(message);
        }
    }

    private final SimulatedZfs zfs;
    private final ArrayDeque<String> words;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> repeated = new ArrayList<>();

    SimulatedZfsCommand(SimulatedZfs zfs, ArrayDeque<String> words) {
        this.zfs = zfs;
        this.words = words;
    }

    SimulatedZfs.Said run() {
        String verb = words.pop();
        if (List.of("send", "diff", "bookmark").contains(verb)) {
            return new SimulatedChangeCommand(zfs, zfs.changes(), verb, words).run();
        }
        return SimulatedZfs.Said.of(text(verb).getBytes(StandardCharsets.ISO_8859_1), 0, "");
    }

    private String text(String verb) {
        takeOptions();
        return switch (verb) {
            case "list" -> listDatasets();
            case "get" -> get();
            case "snapshot" -> snapshot();
            case "hold" -> hold();
            case "release" -> release();
            case "holds" -> holds();
            case "destroy" -> destroy();
            default -> throw new Complaint("unrecognized command '" + verb + "'");
        };
    }

    private void takeOptions() {
        while (!words.isEmpty() && words.peek().startsWith("-")) {
            String option = words.pop();
            if (List.of("-o", "-t", "-d").contains(option)) {
                repeated.add(words.peek());
                options.put(option, words.pop());
            } else {
                options.put(option, "");
            }
        }
    }

    private String listDatasets() {
        StringBuilder out = new StringBuilder();
        words.forEach(this::check);
        if (options.containsKey("-t") && !options.get("-t").contains("filesystem")) {
            words.forEach(name -> below(name).forEach(each -> row(out, each)));
            return out.toString();
        }
        zfs.datasets().keySet().stream()
                .filter(name -> words.isEmpty()
                        || name.equals(words.peek())
                        || (options.containsKey("-r") && name.startsWith(words.peek() + "/")))
                .forEach(name -> row(out, name));
        return out.toString();
    }

    /** Snapshots and bookmarks of a dataset, as far as they are asked for; or the one that is named. */
    private List<String> below(String name) {
        if (name.indexOf('@') >= 0 || name.indexOf('#') >= 0) {
            return List.of(name);
        }
        String types = options.getOrDefault("-t", "snapshot");
        List<String> found = new ArrayList<>();
        if (types.contains("filesystem")) {
            dataset(name);
            found.add(name);
        }
        if (types.contains("snapshot")) {
            dataset(name).snapshots.keySet().forEach(s -> found.add(name + "@" + s));
        }
        if (types.contains("bookmark")) {
            dataset(name).bookmarks.keySet().forEach(b -> found.add(name + "#" + b));
        }
        return found;
    }

    private void check(String name) {
        if (name.indexOf('@') >= 0) {
            snapshot(name);
        } else if (name.indexOf('#') >= 0) {
            bookmark(name);
        } else {
            dataset(name);
        }
    }

    private void row(StringBuilder out, String name) {
        out.append(SimulatedZfs.split(options.get("-o")).stream()
                        .map(column -> value(name, column))
                        .collect(Collectors.joining("\t")))
                .append('\n');
    }

    private String get() {
        StringBuilder out = new StringBuilder();
        List<String> properties = SimulatedZfs.split(words.pop());
        List<String> names = new ArrayList<>(words);
        if (options.containsKey("-d")) {
            names = below(words.peek());
        }
        for (String name : names) {
            for (String property : properties) {
                Map<String, String> fields = Map.of(
                        "name",
                        name,
                        "property",
                        property,
                        "value",
                        value(name, property),
                        "source",
                        source(name, property));
                out.append(SimulatedZfs.split(options.get("-o")).stream()
                                .map(fields::get)
                                .collect(Collectors.joining("\t")))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private String value(String name, String property) {
        if (property.equals("name")) {
            return name;
        }
        SimulatedDataset dataset = dataset(name);
        if (name.indexOf('#') >= 0) {
            Bookmark bookmark = bookmark(name);
            return switch (property) {
                case "guid" -> bookmark.guid();
                case "createtxg" -> String.valueOf(bookmark.createTxg());
                case "creation" -> String.valueOf(bookmark.creation());
                default -> "-";
            };
        }
        if (name.indexOf('@') < 0) {
            return property.equals("guid")
                    ? dataset.guid
                    : dataset.properties.getOrDefault(property, property.equals("creation") ? "1" : "-");
        }
        Snapshot snapshot = snapshot(name);
        return switch (property) {
            case "guid" -> snapshot.guid;
            case "createtxg" -> String.valueOf(snapshot.createTxg);
            case "creation" -> String.valueOf(snapshot.creation);
            case "userrefs" -> String.valueOf(snapshot.holds.size());
            default -> snapshot.marks.getOrDefault(property, dataset.properties.getOrDefault(property, "-"));
        };
    }

    private String source(String name, String property) {
        if (property.indexOf(':') < 0 || name.indexOf('#') >= 0) {
            return "-";
        }
        if (name.indexOf('@') >= 0 && snapshot(name).marks.containsKey(property)) {
            return "local";
        }
        return dataset(name).properties.containsKey(property) ? "inherited from " + name.split("@", -1)[0] : "-";
    }

    private String snapshot() {
        Map<String, String> marks = new LinkedHashMap<>();
        repeated.forEach(mark -> marks.put(mark.split("=", -1)[0], mark.split("=", -1)[1]));
        String pool = words.peek().split("[/@]", -1)[0];
        for (String name : words) {
            if (dataset(name).snapshots.containsKey(name.split("@", -1)[1])) {
                throw new Complaint("cannot create snapshot '" + name + "': dataset already exists");
            }
            if (!name.split("[/@]", -1)[0].equals(pool)) {
                throw new Complaint("cannot create snapshots : operation crosses datasets or pools");
            }
        }
        words.forEach(name -> zfs.snapshot(name.split("@", -1)[0], name.split("@", -1)[1], marks));
        return "";
    }

    private String hold() {
        String tag = words.pop();
        for (String name : words) {
            if (snapshot(name).holds.contains(tag)) {
                throw new Complaint("cannot hold snapshot '" + name + "': tag already exists on this dataset");
            }
        }
        words.forEach(name -> snapshot(name).holds.add(tag));
        return "";
    }

    private String release() {
        String tag = words.pop();
        for (String name : words) {
            if (!snapshot(name).holds.remove(tag)) {
                throw new Complaint("cannot release hold from snapshot '" + name + "': no such tag on this dataset");
            }
        }
        return "";
    }

    private String holds() {
        StringBuilder out = new StringBuilder();
        for (String name : words) {
            snapshot(name).holds.forEach(tag -> out.append(name + "\t" + tag + "\tSat Nov 21 19:16 2026\n"));
        }
        return out.toString();
    }

    private String destroy() {
        String name = words.peek();
        if (words.size() == 1 && name.indexOf('#') >= 0 && options.isEmpty()) {
            bookmark(name);
            dataset(name).bookmarks.remove(name.split("#", -1)[1]);
            return "";
        }
        if (words.size() != 1 || name.indexOf('@') < 0 || !options.isEmpty()) {
            throw new Complaint("the model destroys one snapshot a call, and nothing else");
        }
        if (!snapshot(name).holds.isEmpty()) {
            throw new Complaint("cannot destroy snapshot " + name + ": it's being held. Run 'zfs holds -r " + name
                    + "' to see holders.");
        }
        dataset(name).snapshots.remove(name.split("@", -1)[1]);
        return "";
    }

    private SimulatedDataset dataset(String name) {
        SimulatedDataset dataset = zfs.datasets().get(name.split("[@#]", -1)[0]);
        if (dataset == null) {
            throw new Complaint("cannot open '" + name + "': dataset does not exist");
        }
        return dataset;
    }

    private Snapshot snapshot(String name) {
        Snapshot snapshot = dataset(name).snapshots.get(name.split("@", -1)[1]);
        if (snapshot == null) {
            throw new Complaint("cannot open '" + name + "': dataset does not exist");
        }
        return snapshot;
    }

    private Bookmark bookmark(String name) {
        Bookmark bookmark = dataset(name).bookmarks.get(name.split("#", -1)[1]);
        if (bookmark == null) {
            throw new Complaint("bookmark '" + name + "' does not exist.");
        }
        return bookmark;
    }
}
