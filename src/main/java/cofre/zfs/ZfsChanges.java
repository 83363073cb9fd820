package cofre.zfs;

import cofre.source.Base;
import cofre.source.ChangeListener;
import cofre.source.ChangeSource;
import cofre.source.Frozen;
import cofre.source.SourceException;
import cofre.source.SourceId.Kind;
import cofre.stream.SendStreamReader;
import cofre.zfs.Views.View;
import cofre.zfs.ZfsFault.Subject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells what changed between two snapshots of a dataset, or since a bookmark of one. Both are found by their guids before
 * and after every telling, whatever they and their dataset are called at the time.
 */
public final class ZfsChanges implements ChangeSource {
    /**
     * Blocks as they are on disk, not decompressed and not split: the cheapest stream. Without {@code -L} a dataset with large
     * microzaps cannot be sent at all. Not {@code -e}: with it OpenZFS 2.3.9 sends a spill of attributes that compresses
     * well as a WRITE_EMBEDDED at offset -2048 of the file, and no SPILL.
     */
    private static final List<String> SEND = List.of("send", "-Lc", "-i");

    private static final List<String> ESTIMATE = List.of("send", "-nP", "-Lc", "-i");
    private static final List<String> DIFF = List.of("diff", "-FHt");
    private static final String SIZE = "size\t";

    private final Zfs zfs;
    private final Datasets datasets;
    private final Views views;
    private final Telling telling;

    /**
     * Works through {@code runner}.
     *
     * @param deadline for one call of zfs(8) that lists or estimates
     * @param tellingDeadline for one that tells the changes, whose time grows with them
     */
    public ZfsChanges(ZfsRunner runner, Duration deadline, Duration tellingDeadline) {
        this.zfs = new Zfs(runner, deadline);
        this.datasets = new Datasets(zfs);
        this.views = new Views(datasets);
        this.telling = new Telling(runner, tellingDeadline);
    }

    @Override
    public Optional<Base> base(Frozen view, String viewId) throws SourceException {
        if (view.source().kind() != Kind.ZFS) {
            return Optional.empty();
        }
        List<View> all = views.of(view.source());
        View later = later(all, view);
        return all.stream()
                .filter(v -> v.guid().equals(viewId) && v.createTxg() < later.createTxg())
                .min(Comparator.comparing(View::isBookmark))
                .map(v -> new Base(v.guid(), v.label(), v.createTxg(), v.isBookmark()));
    }

    @Override
    public long estimate(Base base, Frozen view) throws SourceException {
        Pair pair = asKnown(base, view);
        Zfs.Answer answer = zfs.call(ESTIMATE, pair.labels());
        if (answer.is(ZfsFault.NO_SUCH)) { // the dataset may have got another name meanwhile
            pair = find(base, view);
            answer = zfs.call(ESTIMATE, pair.labels());
        }
        String doing = "estimate the changes " + pair;
        String out = answer.orThrow(doing, Subject.SNAPSHOT);
        for (String line : (Iterable<String>) out.lines()::iterator) {
            if (line.startsWith(SIZE)) {
                return Table.number(doing, line.substring(SIZE.length()));
            }
        }
        return Table.number(doing, "");
    }

    @Override
    public void tell(Method method, Base base, Frozen view, ChangeListener listener) throws SourceException {
        // The stream names its snapshots by their guids; diff knows them by their names only.
        Pair pair = method == Method.STREAM ? asKnown(base, view) : find(base, view);
        switch (method) {
            case STREAM -> streamOrAgain(pair, base, view, listener);
            case DIFF -> diff(pair, view, listener);
        }
        Pair after = find(base, view);
        if (method == Method.DIFF && !after.equals(pair)) {
            throw new SourceException.ChangesUnknown(
                    "cannot tell the changes " + pair + ": they are called " + after
                            + " now vs the same for as long as zfs diff ran; nothing of it is used; run it again",
                    null);
        }
    }

    /** By the names there were when base and view were found. */
    private static Pair asKnown(Base base, Frozen view) {
        return new Pair(
                new View(base.label(), base.viewId(), base.createTxg(), base.isBookmark()),
                new View(view.label(), view.viewId(), Long.MAX_VALUE, false));
    }

    private void streamOrAgain(Pair pair, Base base, Frozen view, ChangeListener listener) throws SourceException {
        try {
            stream(pair, listener);
        } catch (SourceException.SnapshotGone e) { // by these names; the dataset may have got another one
            stream(find(base, view), listener);
        }
    }

    private void stream(Pair pair, ChangeListener listener) throws SourceException {
        SendStreamReader reader = new SendStreamReader(
                Long.parseUnsignedLong(pair.earlier().guid()),
                Long.parseUnsignedLong(pair.later().guid()),
                listener);
        telling.run(pair, SEND, reader::read);
    }

    private void diff(Pair pair, Frozen view, ChangeListener listener) throws SourceException {
        if (pair.earlier().isBookmark()) {
            throw new SourceException.ChangesUnknown(
                    "cannot tell the changes " + pair
                            + " by names: there is only a bookmark vs a snapshot; zfs diff was"
                            + " not asked; use the stream",
                    null);
        }
        Dataset dataset = datasets.find(view.source().identity());
        if (dataset.mountPoint().isEmpty()) {
            throw new SourceException.ChangesUnknown(
                    "cannot tell the changes " + pair + " by names: the dataset's mount point is "
                            + dataset.mountSetting()
                            + " vs a path; zfs diff was not asked; run: zfs set mountpoint=PATH "
                            + dataset.name(),
                    null);
        }
        DiffReader reader = new DiffReader(dataset.mountPoint().get().bytes(), listener);
        telling.run(pair, DIFF, reader::read);
    }

    /** As they are called at the moment. */
    private Pair find(Base base, Frozen view) throws SourceException {
        List<View> all = views.of(view.source());
        View later = later(all, view);
        for (View earlier : all) {
            if (earlier.guid().equals(base.viewId())
                    && earlier.isBookmark() == base.isBookmark()
                    && earlier.createTxg() < later.createTxg()) {
                return new Pair(earlier, later);
            }
        }
        throw new SourceException.ChangesUnknown(
                "cannot tell the changes from " + base.label() + " to " + later.label()
                        + ": nothing before the latter has" + " the guid " + base.viewId()
                        + " any more vs one; nothing of it is used; find out who destroyed it",
                null);
    }

    private static View later(List<View> all, Frozen view) throws SourceException {
        for (View found : all) {
            if (!found.isBookmark() && found.guid().equals(view.viewId())) {
                return found;
            }
        }
        throw new SourceException.SnapshotGone(
                "cannot find snapshot " + view.label() + " with guid " + view.viewId()
                        + ": its dataset has it no more vs"
                        + " held for this run; nothing of its changes is used; find out who destroyed it, then run the"
                        + " backup again",
                null);
    }
}
