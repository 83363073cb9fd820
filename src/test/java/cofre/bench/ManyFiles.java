package cofre.bench;

import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.source.Base;
import cofre.source.ChangeListener;
import cofre.source.ChangeSource;
import cofre.source.Frozen;
import cofre.source.NamedEntry;
import cofre.source.ObjectAttributes;
import cofre.source.SnapshotSource;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceId;
import cofre.source.SourceStat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A dataset that exists nowhere: any number of files in directories of a thousand, each second one empty, the others of
 * one of sixteen short contents. Some files, spread evenly, are other ones from the second view on. It takes no memory, so what a run
 * over it takes is the engine's own.
 */
final class ManyFiles implements SnapshotSource, ChangeSource {
    private static final int PER_DIRECTORY = 1000;
    private static final long FIRST_FILE = 10_000_000;
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final long directories;
    private final long changed;
    private final Instant begin;
    private int views;

    /** What was asked of the files of all views. */
    final AtomicLong looks = new AtomicLong();

    /** {@code files} files, of which {@code changed} differ from view to view. */
    ManyFiles(long files, long changed, Instant begin) {
        this.directories = files / PER_DIRECTORY;
        this.changed = changed;
        this.begin = begin;
    }

    private long files() {
        return directories * PER_DIRECTORY;
    }

    /** The view in which the file became another one than before: the second, or 0 when it is as it was from the start. */
    private int changedIn(long file, int view) {
        return view > 0 && file % (files() / changed) == 7 ? 1 : 0;
    }

    private SourceStat statOf(long file, int view) {
        int since = changedIn(file, view);
        Instant time = since == 0 ? OLD : begin.plusSeconds(since * 3600L - 1800);
        return statAs(NodeType.FILE, FIRST_FILE + file, contentOf(file, view).length, time);
    }

    private static SourceStat statAs(NodeType type, long inode, long size, Instant time) {
        return new SourceStat(type, 0644, 0, 0, inode, 1, size, size, 0, time, time, time, time.minusNanos(7), "");
    }

    private byte[] contentOf(long file, int view) {
        int since = changedIn(file, view);
        if (since == 0 && file % 2 == 0) {
            return new byte[0];
        }
        return ("content " + file % 16 + " of view " + since).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SourceId identify(Request request) {
        return new SourceId(SourceId.Kind.ZFS, "4711", "many");
    }

    @Override
    public List<Frozen> freeze(List<Request> requests, String runId) {
        return List.of(new View(views++));
    }

    @Override
    public void settle(Frozen committed) {}

    @Override
    public void abandon(Frozen failed) {}

    @Override
    public Optional<Base> base(Frozen view, String viewId) {
        return Optional.of(new Base(viewId, "many@" + viewId, 1000 + Long.parseLong(viewId), false));
    }

    @Override
    public long estimate(Base base, Frozen view) {
        return changed * 16384;
    }

    /** As ZFS does: with every changed object, those of its block of 32. */
    @Override
    public void tell(Method method, Base base, Frozen view, ChangeListener listener) {
        int now = Integer.parseInt(view.viewId());
        long lastBlock = -1;
        for (long file = 0; file < files(); file++) {
            if (changedIn(file, now) == now) {
                long block = (FIRST_FILE + file) / 32;
                for (long object = block * 32; object < block * 32 + 32 && block != lastBlock; object++) {
                    if (object >= FIRST_FILE && object < FIRST_FILE + files()) {
                        tell(object, now, listener);
                    }
                }
                lastBlock = block;
                listener.content(FIRST_FILE + file, 0, 512, false);
            }
        }
    }

    private void tell(long object, int view, ChangeListener listener) {
        SourceStat stat = statOf(object - FIRST_FILE, view);
        long parent = 2 + (object - FIRST_FILE) / PER_DIRECTORY;
        listener.object(
                object,
                ChangeListener.Kind.FILE,
                Optional.of(new ObjectAttributes(
                        0100644, stat.size(), 7, 0, 0, parent, false, stat.mtime(), stat.ctime(), 1)));
    }

    private final class View implements Frozen {
        private final int number;

        View(int number) {
            this.number = number;
        }

        @Override
        public SourceId source() {
            return identify(null);
        }

        @Override
        public String label() {
            return "many@" + number;
        }

        @Override
        public String viewId() {
            return Integer.toString(number);
        }

        @Override
        public Instant time() {
            return begin.plusSeconds(number * 3600L);
        }

        @Override
        public boolean isConsistent() {
            return true;
        }

        @Override
        public boolean isWholeSource() {
            return true;
        }

        @Override
        public boolean timesCoverAttributes() {
            return true;
        }

        @Override
        public SourceDir openRoot() {
            return new Dir(number, -1);
        }

        @Override
        public void verifyStillThere() {}

        @Override
        public void close() {}
    }

    /** The root (-1), or one of the directories in it. */
    private final class Dir implements SourceDir {
        private final int view;
        private final long number;

        Dir(int view, long number) {
            this.view = view;
            this.number = number;
        }

        @Override
        public SourceStat stat() {
            looks.incrementAndGet();
            return statAs(NodeType.DIR, number + 2, 0, OLD);
        }

        @Override
        public List<SourceEntry> list() {
            List<SourceEntry> entries = new ArrayList<>();
            for (NamedEntry entry : names()) {
                entries.add(SourceEntry.of(entry.name(), look(entry.name())));
            }
            return entries;
        }

        @Override
        public List<NamedEntry> names() {
            List<NamedEntry> names = new ArrayList<>();
            for (long i = 0; i < (number < 0 ? directories : PER_DIRECTORY); i++) {
                names.add(new NamedEntry(
                        RawName.ofText((number < 0 ? "d" : "f") + i),
                        number < 0 ? i + 2 : FIRST_FILE + number * PER_DIRECTORY + i,
                        Optional.empty()));
            }
            return names;
        }

        @Override
        public SourceStat look(RawName name) {
            looks.incrementAndGet();
            long i = Long.parseLong(name.toString().substring(1));
            return number < 0 ? statAs(NodeType.DIR, i + 2, 0, OLD) : statOf(number * PER_DIRECTORY + i, view);
        }

        @Override
        public SourceDir enter(RawName name) {
            return new Dir(view, Long.parseLong(name.toString().substring(1)));
        }

        @Override
        public SourceFile open(RawName name) {
            return new OpenFile(
                    number * PER_DIRECTORY + Long.parseLong(name.toString().substring(1)), view);
        }

        @Override
        public byte[] readLink(RawName name) throws SourceException {
            throw new SourceException.FileUnreadable("cannot read link " + name + ": there is none", null);
        }

        @Override
        public List<Xattr> xattrs(RawName name) {
            return List.of();
        }

        @Override
        public List<Xattr> xattrs() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private final class OpenFile implements SourceFile {
        private final long file;
        private final int view;
        private int position;

        OpenFile(long file, int view) {
            this.file = file;
            this.view = view;
        }

        @Override
        public SourceStat stat() {
            return statOf(file, view);
        }

        @Override
        public int read(byte[] into, int at, int length) {
            byte[] content = contentOf(file, view);
            int n = Math.min(length, content.length - position);
            if (n <= 0) {
                return -1;
            }
            System.arraycopy(content, position, into, at, n);
            position += n;
            return n;
        }

        @Override
        public void position(long offset) {
            position = Math.toIntExact(offset);
        }

        @Override
        public List<Xattr> xattrs() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
