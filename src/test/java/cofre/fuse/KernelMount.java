package cofre.fuse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.posix.FuseDevice;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.progress.Ticker;
import cofre.testkit.versions.MemoryVersionTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tree mounted for a test by the kernel this runs on, looked at by other programs. */
final class KernelMount implements AutoCloseable {
    static final Posix POSIX = Posix.load(System::nanoTime);
    private static final int SECONDS = 60;

    final MemoryVersionTree tree;
    final Path point;
    final FuseServer server;

    private KernelMount(MemoryVersionTree tree, Path point, FuseServer server) {
        this.tree = tree;
        this.point = point;
        this.server = server;
    }

    /** Not run where this user may not mount, unless {@code cofre.fuse.required} is true. */
    static void require() {
        assumeOrFail(POSIX.process().uid() == 0, "not root");
        try {
            FuseDevice device = POSIX.fuse().open();
            device.close();
        } catch (PosixException e) {
            assumeOrFail(false, e.getMessage());
        }
    }

    private static void assumeOrFail(boolean there, String why) {
        if (Boolean.getBoolean("cofre.fuse.required") && !there) {
            throw new AssertionError("cannot mount here: " + why);
        }
        assumeTrue(there, why);
    }

    static KernelMount of(MemoryVersionTree tree, Path point, FuseSettings settings) throws MountException {
        FuseServer server = FuseServer.start(POSIX, bytes(point), tree, settings, Ticker.SYSTEM);
        return new KernelMount(tree, point, server);
    }

    static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What another program said, and how it ended. */
    record Said(String out, int exit) {}

    /** Runs a shell script in the mount. */
    Said sh(String script) throws IOException, InterruptedException {
        return run(List.of("sh", "-c", "cd '" + point + "' && { " + script + "\n}"));
    }

    /** The same as another user, with no group but the first. */
    Said shAs(long uid, long gid, String groups, String script) throws IOException, InterruptedException {
        String more = groups.isEmpty() ? "--clear-groups" : "--groups=" + groups;
        return run(List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + gid,
                more,
                "sh",
                "-c",
                "cd '" + point + "' && { " + script + "\n}"));
    }

    static Said run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("cofre-said", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + SECONDS + " s: " + command);
            }
            return new Said(Files.readString(out, StandardCharsets.ISO_8859_1), process.exitValue());
        } finally {
            Files.delete(out);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
