import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Makes the data bin/bench works on, the same bytes for the same arguments on every machine: {@code java Corpus.java KIND
 * AMOUNT DIRECTORY}. KIND is {@code random} (AMOUNT bytes nothing can compress, files of 256 MiB), {@code text} (AMOUNT
 * bytes of made-up prose, files of 8 MiB) or {@code small} (AMOUNT files of 0 to 8 KiB, 100 to a directory).
 */
final class Corpus {
    private static final int MIB = 1 << 20;
    private static final long LARGE_FILE = 256L * MIB;
    private static final long TEXT_FILE = 8L * MIB;
    private static final int LONGEST_SMALL = 8192;
    private static final int FILES_PER_DIR = 100;
    private static final int DIRS_PER_DIR = 100;

    private Corpus() {}

    public static void main(String[] args) throws IOException {
        long amount = Long.parseLong(args[1]);
        Path dir = Files.createDirectories(Path.of(args[2]));
        switch (args[0]) {
            case "random" -> files(dir, amount, LARGE_FILE, new SplittableRandom(1)::nextBytes);
            case "text" -> files(dir, amount, TEXT_FILE, new Prose(new SplittableRandom(2))::fill);
            case "small" -> smallFiles(dir, amount);
            default -> throw new IllegalArgumentException("cannot make " + args[0]);
        }
    }

    private interface Filler {
        void fill(byte[] bytes);
    }

    private static void files(Path dir, long amount, long perFile, Filler filler) throws IOException {
        byte[] block = new byte[MIB];
        int number = 0;
        for (long left = amount; left > 0; number++) {
            long length = Math.min(perFile, left);
            try (OutputStream out = Files.newOutputStream(dir.resolve(String.format("file-%04d", number)))) {
                for (long done = 0; done < length; done += MIB) {
                    filler.fill(block);
                    out.write(block, 0, (int) Math.min(MIB, length - done));
                }
            }
            left -= length;
        }
    }

    /** Half of them prose, half of them not to be compressed. */
    private static void smallFiles(Path dir, long count) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Prose prose = new Prose(random);
        Path below = dir;
        for (int i = 0; i < count; i++) {
            if (i % FILES_PER_DIR == 0) {
                int number = i / FILES_PER_DIR;
                below = Files.createDirectories(
                        dir.resolve("dir-" + number / DIRS_PER_DIR).resolve("dir-" + number % DIRS_PER_DIR));
            }
            byte[] content = new byte[random.nextInt(LONGEST_SMALL + 1)];
            if (i % 2 == 0) {
                prose.fill(content);
            } else {
                random.nextBytes(content);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(below.resolve("file-" + i)))) {
                out.write(content);
            }
        }
    }

    /**
     * Words whose frequencies fall as in natural language (Zipf), most of them following words they like to follow: zstd
     * at its default level makes about a fifth of it, as of source code or logs.
     */
    private static final class Prose {
        private static final int WORDS = 8192;
        private static final int FAVOURITES = 4;
        private static final int DRAWS = 1 << 16;

        private final SplittableRandom random;
        private final byte[][] words = new byte[WORDS][];
        private final short[] byFrequency = new short[DRAWS];
        private final short[] favourites = new short[WORDS * FAVOURITES];
        private int last;

        Prose(SplittableRandom random) {
            this.random = random;
            for (int i = 0; i < WORDS; i++) {
                words[i] = word();
            }
            double sum = 0;
            for (int i = 1; i <= WORDS; i++) {
                sum += 1.0 / i;
            }
            double reached = 0;
            int at = 0;
            for (int i = 0; i < WORDS; i++) {
                reached += 1.0 / (i + 1) / sum;
                while (at < DRAWS && at < reached * DRAWS) {
                    byFrequency[at++] = (short) i;
                }
            }
            for (int i = 0; i < favourites.length; i++) {
                favourites[i] = byFrequency[random.nextInt(DRAWS)];
            }
        }

        private byte[] word() {
            StringBuilder letters = new StringBuilder();
            int length = 2 + random.nextInt(4) + random.nextInt(6);
            for (int i = 0; i < length; i++) {
                String from = i % 2 == 0 ? "bcdfghjklmnprstvz" : "aeiou";
                letters.append(from.charAt(random.nextInt(from.length())));
            }
            return letters.append(random.nextInt(12) == 0 ? "\n" : " ").toString().getBytes(StandardCharsets.US_ASCII);
        }

        void fill(byte[] bytes) {
            int at = 0;
            while (at < bytes.length) {
                long draw = random.nextLong();
                last = (draw & 0xff) < 230
                        ? favourites[last * FAVOURITES + (int) (draw >>> 8 & 3)]
                        : byFrequency[(int) (draw >>> 16) & (DRAWS - 1)];
                byte[] word = words[last];
                int length = Math.min(word.length, bytes.length - at);
                System.arraycopy(word, 0, bytes, at, length);
                at += length;
            }
        }
    }
}
