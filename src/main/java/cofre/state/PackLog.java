package cofre.state;

import cofre.format.PackId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The packs this host has begun to send to one repository and that may not be in an index yet. A line is written before
 * a pack is sent; losing lines costs another upload, nothing else, so they are not synced one by one. Thread-safe.
 */
public final class PackLog {
    private final Path file;

    /** The log kept in this file. */
    public PackLog(Path file) {
        this.file = file;
    }

    /** The pack is about to be sent. */
    public synchronized void add(PackId pack) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                pack.hex() + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** All packs logged; a line that is torn or none of ours is passed over. */
    public synchronized List<PackId> read() throws IOException {
        List<PackId> packs = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                if (line.matches("[0-9a-f]{64}")) {
                    packs.add(PackId.parse(line));
                }
            }
        } catch (NoSuchFileException e) {
            return packs; // nothing was ever begun
        }
        return packs;
    }

    /** Every pack that matters is in an index. */
    public synchronized void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
