package cofre.zfs;

import cofre.path.Display;
import cofre.path.RawPath;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lists datasets. Changes nothing. Thread-safe. */
public final class Datasets {
    // The mount point comes last: it alone may hold tabs and newlines.
    private static final String COLUMNS =
            "name,guid,type,mounted,encryption,keystatus,canmount,snapdir,readonly,xattr,mountpoint";
    private static final int COLUMN_COUNT = 11;
    private static final int GUID_COLUMN = 1;
    private static final List<String> LIST = List.of("list", "-Hp", "-t", "filesystem,volume", "-o", COLUMNS);
    private static final List<String> LIST_BELOW =
            List.of("list", "-Hp", "-r", "-t", "filesystem,volume", "-o", COLUMNS);

    /** What zfs(8) takes for a dataset's name; begins with a letter, so no name is an option or a guid. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.:% -]*(/[A-Za-z0-9_.:% -]+)*");

    private static final int MAX_NAME = 255;

    private final Zfs zfs;

    /** Lists through {@code runner}; a call that takes longer than {@code deadline} is an error. */
    public Datasets(ZfsRunner runner, Duration deadline) {
        this(new Zfs(runner, deadline));
    }

    Datasets(Zfs zfs) {
        this.zfs = zfs;
    }

    /** All file systems and volumes of all pools, in zfs(8)'s order. */
    public List<Dataset> all() throws SourceException {
        return list("list the datasets", LIST, List.of());
    }

    /**
     * The dataset of that name, or of that guid (in decimal) whatever it is called.
     *
     * @throws SourceException.DatasetGone when there is none
     */
    public Dataset find(String nameOrGuid) throws SourceException {
        return withChildren(nameOrGuid).get(0);
    }

    /** The dataset {@link #find} finds, followed by all datasets below it. */
    List<Dataset> withChildren(String nameOrGuid) throws SourceException {
        String name = Table.isNumber(nameOrGuid) ? nameOf(nameOrGuid) : checked(nameOrGuid);
        String doing = "look at dataset " + name;
        List<Dataset> found = list(doing, LIST_BELOW, List.of(name));
        if (found.isEmpty() || !found.get(0).name().equals(name)) {
            throw new SourceException.ToolFailed(
                    "cannot " + doing + ": zfs listed "
                            + (found.isEmpty() ? "nothing" : found.get(0).name())
                            + " vs that dataset first; nothing was changed; run: zfs list -r " + name,
                    null);
        }
        return found;
    }

    /** What the dataset with this guid is called now. */
    String nameOf(String guid) throws SourceException {
        for (Dataset dataset : all()) {
            if (dataset.guid().equals(guid)) {
                return dataset.name();
            }
        }
        throw new SourceException.DatasetGone(
                "cannot find the dataset with guid " + guid + ": no dataset of any imported pool has it vs one; "
                        + "nothing was changed; import its pool, or configure the dataset that took its place",
                null);
    }

    /**
     * What a call says that lists a dataset with what is below it, whatever the dataset is called now: the call is made by
     * the name the source was known by and, when another dataset has that or none, again by the one its guid has now. Saves
     * a call before each of them.
     *
     * @param words the call without the name; must ask for guid among {@code name,property,value,source}, and for file systems
     */
    Named below(SourceId source, String doing, List<String> words) throws SourceException {
        Answer answer = zfs.call(words, List.of(checked(source.name())));
        if (answer.fault().isPresent() && !answer.is(ZfsFault.NO_SUCH)) {
            answer.orThrow(doing, Subject.DATASET);
        }
        if (answer.fault().isEmpty()) {
            Map<String, Properties> found =
                    Properties.byName(doing, answer.result().out());
            Properties itself = found.get(source.name());
            if (itself != null && itself.text("guid").equals(source.identity())) {
                return new Named(source.name(), found);
            }
        }
        String name = nameOf(source.identity());
        return new Named(
                name, Properties.byName(doing, zfs.call(words, List.of(name)).orThrow(doing, Subject.DATASET)));
    }

    /**
     * A dataset and what is below it.
     *
     * @param name what it is called now
     * @param found by name
     */
    record Named(String name, Map<String, Properties> found) {}

    private static String checked(String name) throws SourceException {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new SourceException.DatasetGone(
                    "cannot look at dataset " + Display.quoted(name.getBytes(StandardCharsets.UTF_8))
                            + ": that is no dataset's name vs POOL or POOL/NAME of letters, digits and _ - . : %;"
                            + " zfs was not asked; see the names with: zfs list -o name",
                    null);
        }
        return name;
    }

    private List<Dataset> list(String doing, List<String> words, List<String> names) throws SourceException {
        String out = zfs.call(words, names).orThrow(doing, Subject.DATASET);
        List<Dataset> datasets = new ArrayList<>();
        for (String[] row : Table.rows(doing, out, COLUMN_COUNT, GUID_COLUMN)) {
            datasets.add(dataset(row));
        }
        return datasets;
    }

    private static Dataset dataset(String[] row) {
        byte[] mount = row[10].getBytes(StandardCharsets.ISO_8859_1);
        return new Dataset(
                row[0],
                row[1],
                row[2],
                row[3].equals("yes"),
                row[4],
                row[5],
                row[6],
                row[7],
                row[8].equals("on"),
                row[9],
                Display.text(mount),
                mountPoint(mount));
    }

    private static Optional<RawPath> mountPoint(byte[] mount) {
        if (mount.length == 0 || mount[0] != '/') {
            return Optional.empty();
        }
        try {
            return Optional.of(RawPath.of(mount));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // A path with ".." in it: told to the user as what it is, no usable mount point.
        }
    }
}
