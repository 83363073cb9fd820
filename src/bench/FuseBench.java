import cofre.fuse.AccessMode;
import cofre.fuse.FuseServer;
import cofre.fuse.FuseSettings;
import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.XattrName;
import cofre.progress.Ticker;
import cofre.testkit.versions.Content;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * What the FUSE adapter itself costs: a tree in memory, mounted on DIRECTORY by root. {@code java -cp
 * target/classes:target/test-classes:LIBRARIES src/bench/FuseBench.java DIRECTORY}.
 */
final class FuseBench {
    private static final int FILES = 20_000;
    private static final int CALLS = 50_000;
    private static final long LARGE = 2L << 30;
    private static final long FAR = 128L << 20;
    /** How long each read of the far file takes. */
    private static final long DISTANCE = 20_000_000;

    private final Posix posix = Posix.load(System::nanoTime);
    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final Path point;

    private FuseBench(Path point) {
        this.point = point;
        MemorySpot version = tree.directory(tree.directory(tree.top(), "s"), "v");
        tree.file(version, RawName.ofText("large"), Content.repeating(LARGE));
        tree.file(version, RawName.ofText("far"), Content.repeating(FAR)).contentFault(() -> LockSupport.parkNanos(DISTANCE));
        for (int i = 0; i < FILES; i++) {
            tree.file(version, "file" + i, "content").xattr("user.DOSATTRIB", "0x20");
        }
    }

    public static void main(String[] args) throws Exception {
        FuseBench bench = new FuseBench(Path.of(args[0]).toAbsolutePath());
        bench.run(FuseSettings.defaults(AccessMode.KERNEL), "kernel");
        bench.run(FuseSettings.defaults(AccessMode.KERNEL).withDirectIo(true), "kernel, direct I/O");
        bench.run(FuseSettings.defaults(AccessMode.DAEMON), "daemon");
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run(FuseSettings settings, String title) throws Exception {
        // Twice, each time with nothing in the kernel's caches: the first round warms up this program.
        for (int round = 1; round <= 2; round++) {
            System.out.println(title + ", round " + round);
            FuseServer server = FuseServer.start(posix, bytes(point), tree, settings, Ticker.SYSTEM);
            try {
                time("  read 2 GiB", LARGE / 1e6, "MB/s", () -> read("large"));
                time("  read 2 GiB again", LARGE / 1e6, "MB/s", () -> read("large"));
                int before = tree.reads.get();
                time("  read 128 MiB that are 20 ms away", FAR / 1e6, "MB/s", () -> read("far"));
                System.out.println("    by " + (tree.reads.get() - before) + " reads");
                calls();
            } finally {
                server.close();
            }
        }
    }

    private void calls() throws Exception {
        try (Fd version = posix.files().open(bytes(point.resolve("s/v")), OpenFlags.REAL_DIRECTORY);
                Fd file = posix.files().openAt(version, RawName.ofText("file7"), OpenFlags.READ)) {
            XattrName name = XattrName.of("user.DOSATTRIB".getBytes(StandardCharsets.UTF_8));
            time("  stat, each name for the first time", FILES, "/s", () -> {
                for (int i = 0; i < FILES; i++) {
                    posix.directories().statAt(version, RawName.ofText("file" + i));
                }
            });
            time("  stat again", FILES, "/s", () -> {
                for (int i = 0; i < FILES; i++) {
                    posix.directories().statAt(version, RawName.ofText("file" + i));
                }
            });
            time("  getxattr", CALLS, "/s", () -> {
                for (int i = 0; i < CALLS; i++) {
                    posix.xattrs().get(file, name);
                }
            });
            time("  open and close", FILES, "/s", () -> {
                for (int i = 0; i < FILES; i++) {
                    posix.files().openAt(version, RawName.ofText("file" + i), OpenFlags.READ).close();
                }
            });
            time("  ls of all", FILES, "/s", () -> posix.directories().list(version));
        }
    }

    private void read(String name) throws Exception {
        command("dd", "if=" + point.resolve("s/v/" + name), "of=/dev/null", "bs=1M", "status=none");
    }

    private static void command(String... words) throws Exception {
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("cannot run " + String.join(" ", words));
        }
    }

    private static void time(String what, double amount, String unit, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-42s %10.0f %s%n", what, amount / seconds, unit);
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
