package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.process.Program;
import cofre.process.ProgramResult;
import cofre.source.Base;
import cofre.source.ChangeSource.Method;
import cofre.source.Frozen;
import cofre.source.SnapshotSource.Request;
import cofre.source.SourceException;
import cofre.walk.PosixTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@link ZfsChanges} hears of real OpenZFS: as root, {@code java -cp ... cofre.zfs.RealChangesCheck POOL}. Makes and
 * destroys datasets below {@code POOL/cofre-changes}. Ends with status 0 when all is well. Not run by the build.
 */
public final class RealChangesCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Program SHELL = new Program(Path.of("/bin/sh"));

    private final ZfsRunner runner = new ZfsCommand(ZfsCommand.find().orElseThrow());
    private final ZfsSource source = new ZfsSource(
            runner,
            new PosixTree(Posix.load(System::nanoTime)),
            Clock.systemUTC(),
            d -> LockSupport.parkNanos(d.toNanos()),
            DEADLINE);
    private final ZfsChanges changes = new ZfsChanges(runner, DEADLINE, DEADLINE);
    private final String top;
    private final String dataset;

    private RealChangesCheck(String pool) {
        top = pool + "/cofre-changes";
        dataset = top + "/my obras";
    }

    /** Runs everything; prints what was heard. */
    public static void main(String[] args) throws Exception {
        Map<String, String> kinds = new TreeMap<>(
                Map.of(
                        "plain", "-o compression=off",
                        "zstd, 1M records", "-o compression=zstd -o recordsize=1M",
                        "xattr=dir", "-o xattr=dir",
                        "large dnodes", "-o dnodesize=auto -o compression=lz4",
                        "encrypted",
                                "-o encryption=aes-256-gcm -o keyformat=raw -o keylocation=file:///tmp/key -o compression=zstd"));
        sh("head -c 32 /dev/urandom >/tmp/key");
        for (Map.Entry<String, String> kind : kinds.entrySet()) {
            System.out.println("-- " + kind.getKey());
            new RealChangesCheck(args[0]).check(kind.getValue());
        }
        System.out.println("all changes were heard");
    }

    private void check(String options) throws Exception {
        sh("zfs create " + top + " && zfs create " + options + " '" + dataset + "'");
        sh(
                "cd '/" + dataset + "' && mkdir d && for i in 1 2 3 4 5 6 7 8; do echo $i >d/$i; done && ln -s x d/link"
                        + " && yes text | head -c 3000000 >big && printf tiny >tiny && touch attr && setfattr -n user.a -v one attr && setfattr -n user.b -v $(printf %0500d 1) d/6");
        Frozen first = freeze();
        source.settle(first);
        assertThat(zfs("list", "-Ht", "bookmark", "-o", "name", "-r", dataset))
                .isEqualTo(first.label().replace('@', '#') + "\n");
        String ctime = sh("stat -c %z '/" + dataset + "/attr'");
        sh(
                "cd '/" + dataset
                        + "' && printf more | dd of=big bs=1 seek=1500000 conv=notrunc 2>&1 && printf new >tiny"
                        + " && chmod 600 d/3 && mv d/4 'd/sp ace' && rm d/5 && setfattr -n user.a -v two attr && setfattr -n user.b -v $(printf %0500d 2) attr && echo n >d/new");
        System.out.println("ctime of the owner of a changed attribute: " + ctime.strip() + " -> "
                + sh("stat -c %z '/" + dataset + "/attr'").strip());
        Frozen second = freeze();

        stream(changes.base(second, first.viewId()).orElseThrow(), second);
        HeardPaths paths = new HeardPaths();
        changes.tell(Method.DIFF, changes.base(second, first.viewId()).orElseThrow(), second, paths);
        System.out.println("diff: " + paths.paths);
        String mount = "/" + dataset;
        assertThat(paths.paths)
                .contains(
                        mount + "/big",
                        mount + "/tiny",
                        mount + "/d/3",
                        mount + "/d/sp ace",
                        mount + "/attr",
                        mount + "/d");

        sh("zfs release cofre:run '" + first.label() + "' && zfs destroy '" + first.label() + "'");
        Base bookmark = changes.base(second, first.viewId()).orElseThrow();
        assertThat(bookmark.isBookmark()).isTrue();
        stream(bookmark, second);
        source.settle(second);
        source.forget(second.source(), Set.of(first.viewId()));
        assertThat(zfs("list", "-Ht", "bookmark", "-o", "name", "-r", dataset))
                .isEqualTo(second.label().replace('@', '#') + "\n");
        zfs("release", "cofre:run", second.label());
        sh("zfs destroy -R " + top);
    }

    private void stream(Base base, Frozen view) throws Exception {
        HeardObjects heard = new HeardObjects();
        long estimate = changes.estimate(base, view);
        changes.tell(Method.STREAM, base, view, heard);
        System.out.println("from " + base.label() + ", estimated " + estimate + " bytes: " + heard.lines);
        String mount = "/" + dataset + "/";
        for (String name : List.of("big", "tiny", "d", "d/3", "d/sp ace", "d/new", "attr")) {
            heard.check(Path.of(mount + name));
        }
        nothingIsHeardOfOldSpills(heard);
        for (String name : List.of("big", "tiny", "d/new")) {
            String write = "write " + HeardObjects.inode(Path.of(mount + name)) + " ";
            assertThat(heard.lines).anyMatch(l -> l.startsWith(write));
        }
    }

    /** A spill that was there before is sent again beside one that changed. */
    private void nothingIsHeardOfOldSpills(HeardObjects heard) throws IOException {
        String old = "spill " + HeardObjects.inode(Path.of("/" + dataset, "d/6"));
        assertThat(heard.lines).doesNotContain(old);
    }

    private Frozen freeze() throws SourceException {
        Request request = new Request("obras", dataset, RawPath.ofDisplay("/" + dataset));
        return source.freeze(List.of(request), "run-1").get(0);
    }

    private String zfs(String... arguments) {
        ProgramResult result = runner.run(List.of(arguments), DEADLINE);
        if (!result.isSuccess()) {
            throw new AssertionError("zfs " + String.join(" ", arguments) + ": " + result.story());
        }
        return result.out();
    }

    private static String sh(String script) {
        ProgramResult result = SHELL.run(List.of("-c", script), DEADLINE);
        if (!result.isSuccess()) {
            throw new AssertionError(script + ": " + result.story());
        }
        return result.out();
    }
}
