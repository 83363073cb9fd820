package cofre.browse;

import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in a restore point's trees a share's root is. cofre, and restic when it is given an absolute path, keep the whole
 * path; restic with a relative path keeps only its end, with {@code .} nothing of it, and the snapshot does not say which.
 * So the whole path is looked for first, then shorter ones; and what restic itself put above the path it was given is
 * believed only where it looks like that: directories that hold one entry alone.
 *
 * @param path of the share's root, from the top tree
 * @param covered how many names at its beginning are the path restic was given
 * @param mayBeCut whether some or all of those may be missing at its beginning
 */
public record Inside(RawPath path, int covered, boolean mayBeCut) {
    /** At exactly this path; the top tree itself when it is empty. */
    public static Inside at(RawPath path) {
        return new Inside(path, 0, false);
    }

    /** Of a share with this root in a restore point; empty when the point does not cover it. */
    public static Optional<Inside> of(Snapshot point, RawPath share) {
        boolean isOwn = PointTags.isOwn(point);
        List<RawPath> covering = new ArrayList<>();
        for (String text : point.paths()) {
            recorded(text, isOwn).filter(share::startsWith).ifPresent(covering::add);
        }
        if (covering.isEmpty()) {
            return Optional.empty();
        }
        boolean mayBeCut = point.paths().size() == 1 && !isOwn;
        return Optional.of(new Inside(share, covering.get(0).names().size(), mayBeCut));
    }

    /** cofre writes paths as it shows them; restic as they are. */
    private static Optional<RawPath> recorded(String text, boolean isOwn) {
        try {
            return Optional.of(isOwn ? RawPath.ofDisplay(text) : RawPath.of(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
