package cofre.testkit;

import cofre.testkit.SimulatedDataset.Bookmark;
import cofre.testkit.SimulatedDataset.Snapshot;
import cofre.testkit.SimulatedZfs.Said;
import cofre.testkit.SimulatedZfsCommand.Complaint;
import cofre.testkit.zfs.DiffText;
import cofre.testkit.zfs.ModelSnapshot;
import cofre.testkit.zfs.SendStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** One call of {@code zfs send}, {@code diff} or {@code bookmark}. */
final class SimulatedChangeCommand {
    private static final String NOT_EARLIER = "not an earlier snapshot from the same fs";

    private final SimulatedZfs zfs;
    private final SimulatedChanges changes;
    private final String verb;
    private final ArrayDeque<String> words;
    private String letters = "";
    private String base = "";

    SimulatedChangeCommand(SimulatedZfs zfs, SimulatedChanges changes, String verb, ArrayDeque<String> words) {
        this.zfs = zfs;
        this.changes = changes;
        this.verb = verb;
        this.words = words;
    }

    Said run() {
        takeOptions();
        return switch (verb) {
            case "send" -> send();
            case "diff" -> diff();
            default -> bookmark();
        };
    }

    private void takeOptions() {
        while (!words.isEmpty() && words.peek().startsWith("-")) {
            String option = words.pop();
            letters += option.substring(1);
            if (option.endsWith("i")) {
                base = words.pop();
            }
        }
    }

    private Said send() {
        String name = words.pop();
        String dataset = datasetOf(name);
        Snapshot to = snapshot(name);
        if (changes.isDenied("send")) {
            throw new Complaint("cannot send '" + name + "': permission denied");
        }
        if (base.isEmpty()) {
            throw new Complaint("the model sends changes only");
        }
        String from = base.startsWith("@") || base.startsWith("#") ? dataset + base : base;
        Bookmark start = base(name, from);
        if (!datasetOf(from).equals(dataset) || start.createTxg() >= to.createTxg) {
            throw new Complaint("warning: cannot send '" + name + "': " + NOT_EARLIER);
        }
        byte[] stream = SendStream.of(
                files(to),
                new SendStream.Ends(
                        start.createTxg(),
                        Long.parseUnsignedLong(start.guid()),
                        Long.parseUnsignedLong(to.guid),
                        name,
                        to.creation),
                changes.order());
        if (letters.contains("n")) {
            String line =
                    "incremental\t" + from + "\t" + name + "\t" + stream.length + "\nsize\t" + stream.length + "\n";
            return Said.of((letters.contains("P") ? line : "").getBytes(StandardCharsets.US_ASCII), 0, "");
        }
        return Said.of(changes.transmitted(stream), 0, "");
    }

    private Bookmark base(String name, String from) {
        SimulatedDataset dataset = zfs.dataset(datasetOf(from));
        String last = from.substring(from.lastIndexOf(from.indexOf('#') >= 0 ? '#' : '@') + 1);
        if (dataset != null && from.indexOf('#') >= 0 && dataset.bookmarks.containsKey(last)) {
            return dataset.bookmarks.get(last);
        }
        if (dataset != null && from.indexOf('@') >= 0 && dataset.snapshots.containsKey(last)) {
            Snapshot found = dataset.snapshots.get(last);
            return new Bookmark(found.guid, found.createTxg, found.creation);
        }
        throw new Complaint("warning: cannot send '" + name + "': incremental source (" + from + ") does not exist");
    }

    private Said diff() {
        String from = words.pop();
        String to = words.pop();
        if (from.indexOf('#') >= 0) {
            throw new Complaint("cannot open '" + from + "': bookmark delimiter '#' is not expected here");
        }
        if (!datasetOf(from).equals(datasetOf(to))) {
            throw new Complaint("Not an earlier snapshot from the same fs: invalid name");
        }
        SimulatedDataset dataset = zfs.dataset(datasetOf(from));
        String mountPoint = dataset == null ? "" : dataset.properties.get("mountpoint");
        if (!mountPoint.startsWith("/") || !dataset.properties.get("mounted").equals("yes")) {
            throw new Complaint("Cannot diff an unmounted snapshot: operation not applicable to datasets of this type");
        }
        if (changes.isDenied("diff")) {
            throw new Complaint("Unable to obtain diffs: ; The sys_mount privilege or diff delegated permission is "
                    + "needed; to execute the diff ioctl");
        }
        return diff(dataset, from, to, mountPoint);
    }

    private Said diff(SimulatedDataset dataset, String from, String to, String mountPoint) {
        Snapshot older = dataset.snapshots.get(from.substring(from.indexOf('@') + 1));
        Snapshot newer = dataset.snapshots.get(to.substring(to.indexOf('@') + 1));
        if (older == null || newer == null) {
            throw new Complaint("Unable to obtain diffs: No such file or directory");
        }
        if (older.createTxg >= newer.createTxg) {
            throw new Complaint("Unable to obtain diffs: ; Not an earlier snapshot from the same fs");
        }
        DiffText.Said said =
                changes.told(DiffText.of(files(older), from, older.createTxg, files(newer), to, mountPoint));
        return Said.of(said.out(), said.status(), String.join("; ", said.complaints()));
    }

    private Said bookmark() {
        String name = words.pop();
        Snapshot snapshot = snapshot(name);
        String bookmark = words.pop();
        if (bookmark.startsWith("#")) {
            bookmark = datasetOf(name) + bookmark;
        }
        SimulatedDataset dataset = zfs.dataset(datasetOf(name));
        String last = bookmark.substring(bookmark.indexOf('#') + 1);
        if (changes.isDenied("bookmark")) {
            throw new Complaint("cannot create bookmark '" + bookmark + "': permission denied");
        }
        if (dataset.bookmarks.containsKey(last)) {
            throw new Complaint("cannot create bookmark '" + bookmark + "': bookmark exists");
        }
        dataset.bookmarks.put(last, new Bookmark(snapshot.guid, snapshot.createTxg, snapshot.creation));
        return Said.of(new byte[0], 0, "");
    }

    private static String datasetOf(String name) {
        return name.split("[@#]", -1)[0];
    }

    private Snapshot snapshot(String name) {
        SimulatedDataset dataset = zfs.dataset(datasetOf(name));
        Snapshot found = dataset == null ? null : dataset.snapshots.get(name.substring(name.indexOf('@') + 1));
        if (found == null) {
            throw new Complaint("cannot open '" + name + "': dataset does not exist");
        }
        return found;
    }

    private static ModelSnapshot files(Snapshot snapshot) {
        return snapshot.files.orElseThrow(
                () -> new Complaint("the model knows objects of datasets with settings only"));
    }
}
