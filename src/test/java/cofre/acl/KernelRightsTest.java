package cofre.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.path.RawName;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileStat;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.XattrName;
import cofre.testkit.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine's kernel lets other users do with files that have modes and POSIX ACLs, against what we say it lets them. */
class KernelRightsTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);
    private static final XattrName ACL = XattrName.ofText("system.posix_acl_access");
    private static final XattrName OWN = XattrName.ofText("user.t");
    private static final RawName INNER = RawName.ofText("inner");
    private static final int DIRECTORIES = 40;
    private static final int OBJECTS = 8;
    private static final int CASES = 6_000;

    @TempDir
    private Path temp;

    private final RandomRights random = new RandomRights(new Random(42));
    private final Random dice = new Random(43);

    /** An object on disk. */
    private record Place(String path, List<Rights> chain) {}

    /** A question. */
    private record Case(Place place, Caller caller, Want want) {
        /** One line for the child. */
        String line() {
            String groups = caller.groups().stream().map(String::valueOf).collect(Collectors.joining(","));
            return caller.uid() + " " + groups + " " + want + " " + place.path();
        }
    }

    @BeforeEach
    void onlyWhereItCanBeAsked() throws Exception {
        assumeTrue(POSIX.process().uid() == 0, "root, to become others");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "Linux");
        assumeTrue(keepsAcls(), "a file system with POSIX ACLs under " + temp);
        openWay();
        if (!hasPython() && Boolean.getBoolean("cofre.native.required")) {
            fail("this test needs python3: install it, or run the tests without cofre.native.required");
        }
        assumeTrue(hasPython(), "python3");
    }

    private static boolean hasPython() throws Exception {
        try {
            return Command.of("python3", "-c", "import os; os.setgroups")
                            .runToAnyEnd()
                            .status()
                    == 0;
        } catch (IOException e) { // no such program
            return false;
        }
    }

    private boolean keepsAcls() throws PosixException {
        try (Fd dir = open(temp)) {
            POSIX.xattrs()
                    .set(
                            dir,
                            ACL,
                            new PosixAcl(List.of(
                                            new PosixAcl.Entry(PosixAcl.Tag.OWNER, 0, 7),
                                            new PosixAcl.Entry(PosixAcl.Tag.OWNING_GROUP, 0, 5),
                                            new PosixAcl.Entry(PosixAcl.Tag.OTHER, 0, 5)))
                                    .xattr());
            return true;
        } catch (PosixException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return false;
            }
            throw e;
        }
    }

    /** Others must get to the temporary directory. */
    private void openWay() throws PosixException {
        try (Fd dir = open(temp)) {
            POSIX.nodes().chmod(dir, 0755);
        }
        for (Path at = temp; at != null; at = at.getParent()) {
            try (Fd dir = open(at)) {
                boolean passable = (POSIX.directories().stat(dir).mode() & 1) != 0;
                assumeTrue(passable, "a temporary directory that others can reach");
            }
        }
    }

    private static Fd open(Path path) throws PosixException {
        return POSIX.files().open(path.toString().getBytes(StandardCharsets.UTF_8), OpenFlags.READ.directory());
    }

    @Test
    void theKernelDecidesTheSame() throws Exception {
        List<Place> places = places();
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(new Case(places.get(dice.nextInt(places.size())), random.caller(), random.want()));
        }
        List<Boolean> kernel = ask(cases);
        List<String> overGrants = new ArrayList<>();
        List<String> underGrants = new ArrayList<>();
        int permitted = 0;
        for (int i = 0; i < CASES; i++) {
            Case c = cases.get(i);
            boolean ours = Chain.permits(c.place().chain(), c.caller(), c.want());
            permitted += ours ? 1 : 0;
            if (ours != kernel.get(i)) {
                (ours ? overGrants : underGrants).add(c.toString());
            }
        }
        System.out.printf(
                "rights: %d cases asked of the kernel, %d permitted, over-grants %d, under-grants %d%n",
                CASES, permitted, overGrants.size(), underGrants.size());
        assertThat(overGrants).isEmpty();
        assertThat(underGrants).isEmpty();
        assertThat(permitted).isBetween(CASES / 5, CASES * 4 / 5);
    }

    /** Directories two deep with files and directories in them, each with rights of its own. */
    private List<Place> places() throws Exception {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < DIRECTORIES; i++) {
            Path dir = temp.resolve("d" + i);
            List<Path> inside = new ArrayList<>();
            Files.createDirectory(dir);
            for (int k = 0; k < OBJECTS; k++) {
                Path object = dir.resolve("o" + k);
                if (dice.nextInt(3) == 0) {
                    Files.createDirectory(object);
                    Files.createDirectory(object.resolve(INNER.toString()));
                } else {
                    Files.createFile(object);
                }
                inside.add(object);
            }
            Rights above = dress(dir, 0111);
            for (Path object : inside) {
                places.add(new Place(object.toString(), List.of(above, dress(object, 0))));
            }
        }
        return places;
    }

    /** Gives an object random rights and tells what the system says it has then, as a backup would read it. */
    private Rights dress(Path path, int atLeast) throws PosixException {
        try (Fd parent = open(path.getParent());
                Fd object = POSIX.files()
                        .openAt(parent, RawName.ofText(path.getFileName().toString()), OpenFlags.READ)) {
            POSIX.xattrs().set(object, OWN, new byte[] {1});
            POSIX.nodes().chown(object, random.user(), random.group());
            POSIX.nodes().chmod(object, dice.nextInt(01000) | atLeast);
            if (dice.nextInt(3) > 0) {
                POSIX.xattrs().set(object, ACL, random.posixAcl().xattr());
            }
            FileStat stat = POSIX.directories().stat(object);
            return new Rights(stat.uid(), stat.gid(), stat.mode(), stat.isDirectory(), control(object));
        }
    }

    private static Control control(Fd object) throws PosixException {
        Optional<byte[]> acl = POSIX.xattrs().get(object, ACL);
        try {
            return acl.isPresent() ? new Control.Posix(PosixAcl.ofXattr(acl.get())) : Control.MODE_ONLY;
        } catch (AclFormatException e) {
            throw new AssertionError("the kernel's own list", e);
        }
    }

    /** A child of Python becomes each caller in turn and tries; it answers with one letter a line. */
    private List<Boolean> ask(List<Case> cases) throws Exception {
        Path questions = temp.resolve("questions");
        Files.write(questions, cases.stream().map(Case::line).toList());
        Path program = temp.resolve("ask.py");
        Files.writeString(program, ASK);
        String output =
                Command.of("python3", program.toString(), questions.toString()).run();
        List<Boolean> answers = output.lines().map(line -> line.equals("y")).toList();
        assertThat(answers).hasSize(cases.size());
        return answers;
    }

    private static final String ASK = """
            import errno, os, sys
            def attempt(want, path):
                if want == 'READ':
                    os.close(os.open(path, os.O_RDONLY))
                elif want == 'ATTRIBUTES':
                    os.lstat(path)
                elif want == 'NAMED_ATTRIBUTES':
                    os.getxattr(path, 'user.t')
                elif want == 'ACL':
                    try:
                        os.getxattr(path, 'system.posix_acl_access')
                    except OSError as e:
                        if e.errno != errno.ENODATA:
                            raise
            def permitted(want, path, is_dir):
                try:
                    if want == 'SEARCH' and is_dir:
                        os.lstat(path + '/inner')
                    elif want == 'SEARCH':
                        return os.access(path, os.X_OK)
                    else:
                        attempt(want, path)
                    return True
                except PermissionError:
                    return False
            cases = [line.split(' ', 3) for line in open(sys.argv[1]).read().splitlines()]
            kinds = {c[3]: os.path.isdir(c[3]) for c in cases}
            answers = {}
            for who in sorted({(c[0], c[1]) for c in cases}):
                out, into = os.pipe()
                child = os.fork()
                if child == 0:
                    groups = [int(g) for g in who[1].split(',')]
                    os.setgroups(groups)
                    os.setresgid(groups[0], groups[0], groups[0])
                    os.setresuid(int(who[0]), int(who[0]), int(who[0]))
                    with os.fdopen(into, 'w') as f:
                        for i, c in enumerate(cases):
                            if (c[0], c[1]) == who:
                                f.write('%d %s\\n' % (i, 'y' if permitted(c[2], c[3], kinds[c[3]]) else 'n'))
                    os._exit(0)
                os.close(into)
                for line in os.fdopen(out):
                    i, a = line.split()
                    answers[int(i)] = a
                if os.waitpid(child, 0)[1] != 0:
                    sys.exit('the child of %s failed' % (who,))
            for i in range(len(cases)):
                print(answers[i])
            """;
}
