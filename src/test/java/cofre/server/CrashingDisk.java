package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that stops at a chosen operation and then loses power: what was not synced is gone or torn, as a real file
 * system may do it. Records the order of operations.
 */
final class CrashingDisk implements FileOperations {
    /** No code under test may catch it. */
    static final class SimulatedCrash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final FileOperations disk = new DiskOperations(false);
    private final List<String> journal = new ArrayList<>();
    private final Set<Object> unsyncedContent = new HashSet<>();
    /** Content of an inode is shared by its names: each name maps to the inode's first name. */
    private final Map<Path, Path> inodeOf = new LinkedHashMap<>();
    /** Names that appeared since their folder was synced. */
    private final Set<Path> unsyncedNames = new HashSet<>();

    private int left = Integer.MAX_VALUE;

    /** The n-th operation from now (0 is the next) is not done any more. */
    void crashAfter(int operations) {
        left = operations;
    }

    List<String> journal() {
        return journal;
    }

    private void step(String operation) {
        if (left-- <= 0) {
            throw new SimulatedCrash();
        }
        journal.add(operation);
    }

    @Override
    public Output create(Path file) throws IOException {
        step("create");
        Output output = disk.create(file);
        inodeOf.put(file, file);
        unsyncedNames.add(file);
        unsyncedContent.add(file);
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                step("write");
                output.write(bytes);
                unsyncedContent.add(file);
            }

            @Override
            public void sync() throws IOException {
                step("sync file");
                unsyncedContent.remove(file);
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        step("link");
        disk.link(existing, name);
        inodeOf.put(name, inodeOf.getOrDefault(existing, existing));
        unsyncedNames.add(name);
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete");
        disk.delete(file);
        unsyncedNames.remove(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step("mkdir");
        disk.createDirectory(directory);
    }

    @Override
    public void syncDirectory(Path directory) {
        step("sync folder");
        unsyncedNames.removeIf(name -> name.getParent().equals(directory));
    }

    /** Names not synced may be gone, bytes not synced may be cut; the dice decide. The disk works again afterwards. */
    void losePower(Random dice) throws IOException {
        left = Integer.MAX_VALUE;
        for (Path name : List.copyOf(inodeOf.keySet())) {
            if (!Files.exists(name)) {
                continue;
            }
            if (unsyncedContent.contains(inodeOf.get(name))) {
                tear(name, dice);
            }
            if (unsyncedNames.contains(name) && dice.nextBoolean()) {
                Files.delete(name);
            }
        }
        unsyncedNames.clear();
        unsyncedContent.clear();
    }

    private static void tear(Path file, Random dice) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((long) (channel.size() * dice.nextDouble()));
        }
    }
}
