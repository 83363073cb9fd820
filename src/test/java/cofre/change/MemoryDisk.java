package cofre.change;

import cofre.testkit.CrashPoint;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory whose process may die at each operation, and which then loses power: of what was written and not
 * synced any part may have reached it.
 */
final class MemoryDisk implements CatalogueDisk {
    private static final class Content {
        byte[] now = {};
        byte[] stable = {};
        final List<int[]> unsynced = new ArrayList<>();
    }

    private final Map<Path, Content> files = new HashMap<>();
    private CrashPoint point = CrashPoint.never();
    private IOException fault;

    void dieAt(CrashPoint at) {
        point = at;
    }

    /** Every operation from now on fails like this; null for none. */
    void failWith(IOException e) {
        fault = e;
    }

    void losePower(Random dice) {
        for (Content content : files.values()) {
            byte[] left = Arrays.copyOf(content.stable, content.now.length);
            for (int[] write : content.unsynced) {
                // Sectors of a write reach the disk one by one.
                for (int at = write[0]; at < write[0] + write[1]; at += 512) {
                    if (dice.nextBoolean()) {
                        System.arraycopy(content.now, at, left, at, Math.min(512, write[0] + write[1] - at));
                    }
                }
            }
            content.now = left;
            content.stable = left.clone();
            content.unsynced.clear();
        }
        point = CrashPoint.never();
    }

    private <T> T step(String name, CrashPoint.Operation<T, IOException> operation) throws IOException {
        if (fault != null) {
            throw fault;
        }
        return point.run(name, operation);
    }

    @Override
    public void makeDirectory(Path dir) throws IOException {
        step("mkdir", () -> true);
    }

    @Override
    public Pages open(Path file, boolean create) throws IOException {
        return step("open", () -> {
            if (create) {
                files.putIfAbsent(file, new Content());
            }
            return new Open(existing(file));
        });
    }

    private Content existing(Path file) throws IOException {
        Content content = files.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }

    @Override
    public byte[] read(Path file, long maxLength) throws IOException {
        return step("read all", () -> existing(file).now.clone());
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        step("replace", () -> {
            Content content = new Content();
            content.now = bytes.clone();
            content.stable = bytes.clone();
            return files.put(file, content);
        });
    }

    @Override
    public void remove(Path file) throws IOException {
        step("remove", () -> files.remove(file));
    }

    private final class Open implements Pages {
        private final Content content;

        Open(Content content) {
            this.content = content;
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            step("read", () -> {
                if (position + into.remaining() > content.now.length) {
                    throw new EOFException("short");
                }
                return into.put(content.now, (int) position, into.remaining());
            });
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            step("write", () -> {
                int end = (int) position + from.remaining();
                content.now = Arrays.copyOf(content.now, Math.max(end, content.now.length));
                content.unsynced.add(new int[] {(int) position, from.remaining()});
                from.get(content.now, (int) position, from.remaining());
                return true;
            });
        }

        @Override
        public void clear() throws IOException {
            step("clear", () -> content.now = new byte[0]);
        }

        @Override
        public void sync() throws IOException {
            step("sync", () -> {
                content.stable = content.now.clone();
                content.unsynced.clear();
                return true;
            });
        }

        @Override
        public void close() {}
    }
}
