package cofre.state;

import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.PackId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which copies of blobs of one repository were found bad, and which shares were gone over since. A file of lines: what is
 * found is added at its end, so that losing the last lines costs another look, nothing else. Bounded: what is found beyond the
 * first hundred thousand is found again when those are mended. Thread-safe.
 */
public final class DamageMemory {
    private static final int MOST = 100_000;

    private final Path path;
    private final AtomicFile file;
    private final Map<BadCopy, Long> copies = new LinkedHashMap<>(); // with when it was found: a number that grows
    private final Map<String, Long> shares = new TreeMap<>(); // up to which number they were gone over
    private long last;

    /**
     * What is kept in this file.
     *
     * @throws IOException when there is one that cannot be read
     */
    public DamageMemory(Path path) throws IOException {
        this.path = path;
        this.file = new AtomicFile(path);
        Optional<byte[]> kept = file.read();
        for (String line : new String(kept.orElse(new byte[0]), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            take(line);
        }
    }

    /** A line that is torn or none of ours is passed over. */
    private void take(String line) {
        String[] words = line.split(" ", 4);
        try {
            if (words[0].equals("share") && words.length == 3) {
                shares.put(words[2], Long.parseLong(words[1]));
            } else if (words.length == 4) {
                BlobType type = words[1].equals("tree") ? BlobType.TREE : BlobType.DATA;
                Optional<PackId> pack = words[3].equals("-") ? Optional.empty() : Optional.of(PackId.parse(words[3]));
                put(new BadCopy(new BlobHandle(type, BlobId.parse(words[2])), pack), Long.parseLong(words[0]));
            }
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private void put(BadCopy copy, long number) {
        copies.put(copy, number);
        last = Math.max(last, number);
    }

    /** All copies known to be bad. */
    public synchronized Set<BadCopy> copies() {
        return new LinkedHashSet<>(copies.keySet());
    }

    /** How many are known. */
    public synchronized int size() {
        return copies.size();
    }

    /** Those found since this share was gone over. */
    public synchronized Set<BadCopy> since(String share) {
        long seen = shares.getOrDefault(share, 0L);
        Set<BadCopy> news = new LinkedHashSet<>();
        copies.forEach((copy, number) -> {
            if (number > seen) {
                news.add(copy);
            }
        });
        return news;
    }

    /** One more was found. One that is known already costs nothing. */
    public synchronized void add(BadCopy copy) throws IOException {
        if (copies.size() >= MOST || copies.containsKey(copy)) {
            return;
        }
        put(copy, last + 1);
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(
                path, line(copy, last), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** After a look at those of {@code looked}: of them just these are bad, and perhaps others. */
    public synchronized void replace(Collection<BadCopy> looked, Collection<BadCopy> bad) throws IOException {
        Map<BadCopy, Long> before = new LinkedHashMap<>(copies);
        copies.keySet().removeAll(new LinkedHashSet<>(looked));
        for (BadCopy copy : bad) {
            if (copies.size() < MOST && !copies.containsKey(copy)) {
                put(copy, before.containsKey(copy) ? before.get(copy) : last + 1);
            }
        }
        if (!copies.equals(before)) {
            write();
        }
    }

    /** All of the share was looked at with these in mind. */
    public synchronized void goneOver(String share, Collection<BadCopy> found) throws IOException {
        long highest = found.stream()
                .mapToLong(copy -> copies.getOrDefault(copy, 0L))
                .max()
                .orElse(0);
        if (highest > shares.getOrDefault(share, 0L)) {
            shares.put(share, highest);
            write();
        }
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        copies.forEach((copy, number) -> text.append(line(copy, number)));
        shares.forEach((share, number) ->
                text.append("share ").append(number).append(' ').append(share).append('\n'));
        file.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String line(BadCopy copy, long number) {
        String pack = copy.pack().map(PackId::hex).orElse("-");
        return number + " " + copy.blob().type().text() + " " + copy.blob().id().hex() + " " + pack + "\n";
    }
}
