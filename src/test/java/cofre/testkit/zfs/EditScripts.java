package cofre.testkit.zfs;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.testkit.zfs.Edit.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes random edit scripts of what people and programs do to a share, each to be played on the tree the ones before left.
 * The same seed makes the same scripts. For one thread.
 */
public final class EditScripts {
    /** Edits of the first script, which makes the tree. */
    private static final int FIRST = 60;

    private static final int DEEPEST = 6;

    private final Random random;
    private final int largest;
    private final AtomicLong txg = new AtomicLong(1);
    private final ModelDataset files;
    private final EditPlayer player;
    private final EditHabits habits;
    private List<Edit> made = new ArrayList<>();

    /** Scripts of this seed, with files of at most {@code largest} bytes, few of them of more than 20,000. */
    public EditScripts(long seed, int largest) {
        this.random = new Random(seed);
        this.largest = largest;
        this.files = new ModelDataset(
                ModelSettings.USUAL.withRecordSize(4096), txg::get, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        this.player = new EditPlayer(files, txg::incrementAndGet);
        this.habits = new EditHabits(this);
    }

    /** The scripts of one seed: the first makes a tree of some dozens of things, each other edits it. */
    public static List<EditScript> of(long seed, int largest, int rounds, int editsPerRound) {
        EditScripts scripts = new EditScripts(seed, largest);
        List<EditScript> all = new ArrayList<>(List.of(scripts.first()));
        for (int i = 0; i < rounds; i++) {
            all.add(scripts.next(editsPerRound));
        }
        return List.copyOf(all);
    }

    /** As {@link #of}, with a directory in the root that is there at the end of each script, the same or another. */
    public static List<EditScript> around(RawPath kept, long seed, int largest, int rounds, int editsPerRound) {
        EditScripts scripts = new EditScripts(seed, largest);
        List<EditScript> all = new ArrayList<>();
        scripts.made = new ArrayList<>();
        scripts.keep(kept);
        List<Edit> begun = scripts.made;
        begun.addAll(scripts.first().edits());
        for (int i = 0; i <= rounds; i++) {
            scripts.made =
                    i == 0 ? begun : new ArrayList<>(scripts.next(editsPerRound).edits());
            scripts.keep(kept);
            all.add(new EditScript(scripts.made));
        }
        return List.copyOf(all);
    }

    private void keep(RawPath kept) {
        boolean isThere = files.namesIn(RawPath.ROOT).contains(kept.names().get(0));
        if (isThere && !files.isDirectory(kept)) {
            emit(Edit.of(Kind.UNLINK, kept));
            isThere = false;
        }
        if (!isThere) {
            emit(Edit.of(Kind.MKDIR, kept));
        }
    }

    /** A script that makes a tree. */
    public EditScript first() {
        made = new ArrayList<>();
        for (int i = 0; i < FIRST; i++) {
            if (i % 5 == 0) {
                emit(Edit.of(Kind.MKDIR, somewhere()));
            } else {
                habits.make();
            }
        }
        return new EditScript(made);
    }

    /** A script of about {@code edits} edits to what is there: one habit may take several, a copied tree dozens. */
    public EditScript next(int edits) {
        made = new ArrayList<>();
        while (made.size() < edits) {
            habits.any();
            if (random.nextInt(8) == 0) {
                emit(Edit.of(Kind.SYNC, RawPath.ROOT));
            }
        }
        return new EditScript(made);
    }

    Random random() {
        return random;
    }

    /** Takes an edit into the script, if it can be done. */
    boolean emit(Edit edit) {
        boolean done = player.play(edit);
        if (done) {
            made.add(edit);
        }
        return done;
    }

    int seed() {
        return random.nextInt(8);
    }

    long size() {
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> 4096L * random.nextInt(Math.max(1, largest / 4096));
            case 2 -> random.nextInt(largest + 1);
            case 3, 4, 5 -> random.nextInt(Math.min(largest, 20_000) + 1);
            default -> random.nextInt(Math.min(largest, 1500) + 1);
        };
    }

    /** A path in a directory that is there; there may be something of that name. */
    RawPath somewhere() {
        return directory().resolve(EditNames.any(random));
    }

    RawPath directory() {
        RawPath at = RawPath.ROOT;
        while (at.names().size() < DEEPEST && random.nextInt(3) > 0) {
            Optional<RawPath> below = child(at);
            if (below.isPresent() && files.isDirectory(below.get())) {
                at = below.get();
            }
        }
        return at;
    }

    Optional<RawPath> child(RawPath directory) {
        List<RawName> names = files.namesIn(directory);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(directory.resolve(names.get(random.nextInt(names.size()))));
    }

    /** Something that is there, of any kind, but the root; empty when nothing was met. */
    Optional<RawPath> something() {
        for (int i = 0; i < 4; i++) {
            Optional<RawPath> found = child(directory());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    Optional<RawPath> file() {
        for (int i = 0; i < 8; i++) {
            Optional<RawPath> found = something();
            if (found.isPresent() && !files.isDirectory(found.get())) {
                return found;
            }
        }
        return Optional.empty();
    }

    Optional<RawPath> subdirectory() {
        for (int i = 0; i < 8; i++) {
            RawPath found = directory();
            if (!found.isRoot()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** All that lies in a directory, above before below. */
    List<RawPath> below(RawPath directory) {
        List<RawPath> found = new ArrayList<>();
        for (RawName name : files.namesIn(directory)) {
            RawPath path = directory.resolve(name);
            found.add(path);
            if (files.isDirectory(path)) {
                found.addAll(below(path));
            }
        }
        return found;
    }

    boolean isDirectory(RawPath path) {
        return files.isDirectory(path);
    }

    /** The same path with its first names replaced. */
    static RawPath moved(RawPath path, RawPath from, RawPath to) {
        return to.resolve(new RawPath(
                path.names().subList(from.names().size(), path.names().size())));
    }

    /** The number of names a file has in all the tree, by number: for tests of the scripts themselves. */
    Map<Long, Integer> linkCounts() {
        Map<Long, Integer> counts = new HashMap<>();
        below(RawPath.ROOT).forEach(p -> counts.merge(files.numberOf(p), 1, Integer::sum));
        return counts;
    }
}
