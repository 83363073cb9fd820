package cofre.zfs;

import java.util.List;
import java.util.regex.Pattern;

/** The user properties by which an own snapshot is known, besides its name. */
final class Marks {
    /** The run it was taken for. */
    static final String RUN = "cofre:run";

    /** The stamp in its name: a snapshot that was renamed to a name of our form does not carry it. */
    static final String POINT = "cofre:point";

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private Marks() {}

    static boolean isRunId(String text) {
        return RUN_ID.matcher(text).matches();
    }

    /** Arguments of {@code zfs snapshot} that set the marks. */
    static List<String> options(String runId, SnapshotName name) {
        return List.of("-o", RUN + "=" + runId, "-o", POINT + "=" + name.stamp());
    }
}
