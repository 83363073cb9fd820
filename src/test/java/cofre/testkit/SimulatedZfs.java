package cofre.testkit;

import cofre.path.RawPath;
import cofre.process.OutputReader;
import cofre.process.ProgramResult;
import cofre.process.ProgramResult.Ending;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.TreeOpener;
import cofre.testkit.zfs.ModelDataset;
import cofre.testkit.zfs.ModelSettings;
import cofre.zfs.ZfsRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A model of ZFS: datasets with live trees, snapshots, holds, user properties, and the tree a mounted snapshot shows.
 * Speaks zfs(8)'s command line and its messages, as far as cofre uses them. Faults can be put in its way.
 */
public final class SimulatedZfs implements ZfsRunner, TreeOpener {
    private record Fault(Predicate<List<String>> when, Runnable before, Optional<ProgramResult> answer) {}

    private final Clock clock;
    private final TreeMap<String, SimulatedDataset> datasets = new TreeMap<>();
    private final List<List<String>> calls = new ArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private long nextGuid = 9_000_000_000_000_000_001L;
    private long txg = 1000;
    private int mountsThatLag;
    private boolean showsLiveTree;
    private final SimulatedChanges changes = new SimulatedChanges();

    /** Snapshots get this clock's time, in whole seconds. */
    public SimulatedZfs(Clock clock) {
        this.clock = clock;
    }

    /** Makes a mounted dataset with a mount point of its name. */
    public SimulatedDataset create(String name) {
        return create(name, Optional.empty());
    }

    /** As {@link #create(String)}, with a tree of objects that can be sent and diffed. */
    public SimulatedDataset create(String name, ModelSettings settings) {
        return create(name, Optional.of(new ModelDataset(settings, () -> txg + 1, clock)));
    }

    private SimulatedDataset create(String name, Optional<ModelDataset> files) {
        SimulatedDataset dataset = new SimulatedDataset(name, Long.toUnsignedString(nextGuid += 7), files);
        datasets.put(name, dataset);
        return dataset;
    }

    /** Ends the open transaction group: numbers freed in it can be used again from now on. */
    public void sync() {
        txg++;
    }

    /** How changes are told from now on: in which byte order, with which lies and faults. */
    public SimulatedChanges changes() {
        return changes;
    }

    /** The dataset of that name. */
    public SimulatedDataset dataset(String name) {
        return datasets.get(name);
    }

    /** Renames one dataset; its mount point follows when it was that of its name. */
    public void rename(String from, String to) {
        SimulatedDataset dataset = datasets.remove(from);
        if (dataset.properties.get("mountpoint").equals("/" + from)) {
            dataset.set("mountpoint", "/" + to);
        }
        datasets.put(to, dataset);
    }

    /** Forgets a dataset and its snapshots, held or not: {@code zpool export}, or worse. */
    public void vanish(String name) {
        datasets.remove(name);
    }

    /** Takes a snapshot as any other program would. */
    public void snapshot(String dataset, String name, Map<String, String> marks) {
        SimulatedDataset of = datasets.get(dataset);
        SimulatedDataset.Snapshot snapshot = new SimulatedDataset.Snapshot(
                Long.toUnsignedString(nextGuid += 7),
                ++txg,
                of.files.map(ModelDataset::now).orElseGet(clock::instant).getEpochSecond(),
                of.tree().copy(),
                of.files.map(ModelDataset::snapshot));
        snapshot.marks.putAll(marks);
        of.snapshots.put(name, snapshot);
    }

    /** Destroys a snapshot, held or not, as somebody else with more rights. Bookmarks of it stay. */
    public void destroy(String dataset, String snapshot) {
        datasets.get(dataset).snapshots.remove(snapshot);
    }

    /** Makes a dataset what a snapshot of it shows; later snapshots and bookmarks go, as with {@code zfs rollback -r}. */
    public void rollback(String dataset, String snapshot) {
        SimulatedDataset of = datasets.get(dataset);
        SimulatedDataset.Snapshot then = of.snapshots.get(snapshot);
        txg++;
        of.files().rollback(then.files.orElseThrow());
        of.snapshots.values().removeIf(s -> s.createTxg > then.createTxg);
        of.bookmarks.values().removeIf(b -> b.createTxg() > then.createTxg);
    }

    /** All snapshots of a dataset become those of a clone of it, as with {@code zfs promote}. Bookmarks stay. */
    public void promote(String origin, String clone) {
        datasets.get(clone).snapshots.putAll(datasets.get(origin).snapshots);
        datasets.get(origin).snapshots.clear();
    }

    /** The next call that matches gets this answer and does nothing. */
    public void answerOnce(Predicate<List<String>> when, ProgramResult answer) {
        faults.add(new Fault(when, () -> {}, Optional.of(answer)));
    }

    /** Something happens right before the next call that matches. */
    public void beforeNext(Predicate<List<String>> when, Runnable what) {
        faults.add(new Fault(when, what, Optional.empty()));
    }

    /** The next {@code count} openings of a snapshot find nothing there yet. */
    public void mountsLag(int count) {
        mountsThatLag = count;
    }

    /** From now on the live tree is found where a snapshot should be. */
    public void showsLiveTreeInstead() {
        showsLiveTree = true;
    }

    /** All calls so far. */
    public List<List<String>> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ProgramResult stream(List<String> arguments, Duration deadline, OutputReader reader) throws IOException {
        Said said = say(arguments);
        ProgramResult result = said.result();
        try {
            reader.read(new ByteArrayInputStream(said.out()));
        } catch (IOException e) {
            if (result.isSuccess()) {
                throw e; // As the real runner: a bad end of the program explains what the reader says.
            }
        }
        return new ProgramResult(result.ending(), result.status(), "", result.outComplete(), result.err());
    }

    /** What a call gave: its output, and how it ended, whose output is left out. */
    static final class Said {
        private final byte[] out;
        private final ProgramResult result;

        Said(byte[] out, ProgramResult result) {
            this.out = out;
            this.result = result;
        }

        byte[] out() {
            return out;
        }

        ProgramResult result() {
            return result;
        }

        static Said of(byte[] out, int status, String err) {
            return new Said(out, new ProgramResult(Ending.EXITED, status, "", true, err));
        }
    }

    /** A failed call's result. */
    public static ProgramResult failed(String stderr) {
        return new ProgramResult(Ending.EXITED, 1, "", true, stderr);
    }

    @Override
    public ProgramResult run(List<String> arguments, Duration deadline) {
        Said said = say(arguments);
        ProgramResult result = said.result();
        String out = new String(said.out(), StandardCharsets.ISO_8859_1);
        return new ProgramResult(result.ending(), result.status(), out, result.outComplete(), result.err());
    }

    private synchronized Said say(List<String> arguments) {
        calls.add(List.copyOf(arguments));
        for (Fault fault : List.copyOf(faults)) {
            if (fault.when().test(arguments)) {
                faults.remove(fault);
                fault.before().run();
                if (fault.answer().isPresent()) {
                    ProgramResult answer = fault.answer().get();
                    return new Said(answer.out().getBytes(StandardCharsets.ISO_8859_1), answer);
                }
            }
        }
        try {
            return new SimulatedZfsCommand(this, new ArrayDeque<>(arguments)).run();
        } catch (SimulatedZfsCommand.Complaint e) {
            return new Said(new byte[0], failed(e.getMessage()));
        }
    }

    @Override
    public SourceDir open(RawPath absolute, Optional<String> expectedMountSource, String label) throws SourceException {
        String path = new String(absolute.bytes(), StandardCharsets.ISO_8859_1);
        if (mountsThatLag > 0) {
            mountsThatLag--;
            throw gone(label, "nothing");
        }
        for (Map.Entry<String, SimulatedDataset> entry : datasets.entrySet()) {
            SimulatedDataset dataset = entry.getValue();
            String place = dataset.properties.get("mountpoint") + "/.zfs/snapshot/";
            if (path.startsWith(place)) {
                return open(entry.getKey(), dataset, path.substring(place.length()), expectedMountSource, label);
            }
        }
        throw gone(label, "nothing");
    }

    private SourceDir open(
            String name, SimulatedDataset dataset, String snapshot, Optional<String> expected, String label)
            throws SourceException {
        SimulatedDataset.Snapshot found = dataset.snapshots.get(snapshot);
        String mounted = found == null || showsLiveTree ? name : name + "@" + snapshot;
        if (!expected.equals(Optional.of(mounted))) {
            throw gone(label, mounted);
        }
        return found.open();
    }

    private static SourceException gone(String label, String actual) {
        return new SourceException.SnapshotGone("cannot open " + label + ": " + actual + " vs that snapshot", null);
    }

    Map<String, SimulatedDataset> datasets() {
        return datasets;
    }

    static List<String> split(String commas) {
        return Arrays.asList(commas.split(",", -1));
    }
}
