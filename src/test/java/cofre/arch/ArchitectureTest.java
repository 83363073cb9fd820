package cofre.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms use what they say they use, all of it and nothing else; the walls stand. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("cofre");
    private static final SortedMap<String, Room> MAP = RoomMap.read().rooms();
    private static final Edges EDGES = Edges.of(CLASSES);

    /**
     * What makes a program behave differently from run to run, and who may ask for it: the composition root (a room of
     * its own here, {@code Main} and its neighbours) may always; everybody else is handed clock and randomness.
     */
    private static final Map<String, Set<String>> ROOT_ONLY = new TreeMap<>(Map.ofEntries(
            Map.entry("java.lang.System.currentTimeMillis", Set.of()),
            // Ticker is how everybody else is handed it; the others wait for real threads, for which no other clock
            // makes sense.
            Map.entry(
                    "java.lang.System.nanoTime",
                    Set.of("cofre.progress.Ticker", "cofre.control.Outbox", "cofre.daemon.Jobs")),
            Map.entry("java.time.Instant.now", Set.of()),
            Map.entry("java.time.Clock.systemUTC", Set.of()),
            Map.entry("java.time.Clock.systemDefaultZone", Set.of()),
            Map.entry("java.util.Random.<init>", Set.of()),
            Map.entry("java.util.UUID.randomUUID", Set.of()),
            Map.entry("java.lang.Math.random", Set.of()),
            Map.entry("java.lang.System.getenv", Set.of()),
            Map.entry("java.lang.System.exit", Set.of()),
            Map.entry("java.lang.Runtime.halt", Set.of()),
            Map.entry("java.lang.Runtime.exec", Set.of()),
            Map.entry("java.lang.ProcessBuilder.<init>", Set.of("cofre.process.Program")),
            Map.entry("java.lang.System.out", Set.of()),
            Map.entry("java.lang.System.err", Set.of()),
            Map.entry("java.lang.System.in", Set.of())));

    @Test
    void everyRoomHasAPackageInfo() {
        assertThat(MAP.keySet()).containsAll(EDGES.rooms());
    }

    @Test
    void roomsUseTheRoomsTheyNameAndNoOthers() {
        List<String> faults = new ArrayList<>();
        MAP.values().stream().filter(room -> !room.name().isEmpty()).forEach(room -> {
            compare(room.name(), room.rooms(), EDGES.roomsUsedBy(room.name()), faults);
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void roomsUseTheLibrariesTheyNameAndNoOthers() {
        List<String> faults = new ArrayList<>();
        MAP.values()
                .forEach(room -> compare(room.name(), room.libraries(), EDGES.librariesUsedBy(room.name()), faults));
        assertThat(faults).isEmpty();
    }

    private static void compare(String room, Set<String> said, SortedMap<String, String> used, List<String> faults) {
        used.forEach((target, proof) -> {
            if (!said.contains(target)) {
                faults.add("room " + room + " uses " + target + " without saying so: " + proof);
            }
        });
        said.stream()
                .filter(target -> !used.containsKey(target))
                .forEach(target -> faults.add("room " + room + " says it may use " + target + " and does not"));
    }

    @Test
    void librariesStayBehindTheirWalls() {
        List<String> faults = new ArrayList<>();
        Libraries.ROOMS.forEach((library, allowed) -> {
            Set<String> users = new TreeSet<>();
            MAP.keySet().stream()
                    .filter(room -> EDGES.librariesUsedBy(room).containsKey(library))
                    .forEach(users::add);
            if (!users.equals(new TreeSet<>(allowed))) {
                faults.add(library + " is for " + new TreeSet<>(allowed) + ", used in " + users);
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void designDocumentHoldsTheSameMap() throws IOException {
        List<String> expected = MAP.values().stream()
                .filter(room -> !room.name().isEmpty())
                .map(Room::row)
                .toList();
        assertThat(DesignTable.read().values().stream().map(Room::row)).containsExactlyElementsOf(expected);
    }

    @Test
    void topLevelRoomsMakeNoCycles() {
        slices().matching("cofre.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theServerCannotReachAKey() {
        forbid("cofre.server..", "cofre.seal..", "cofre.repository..", "cofre.source..", "cofre.format..");
    }

    @Test
    void theStoreKnowsNothingOfWhatItKeeps() {
        forbid("cofre.storage..", "cofre.format..", "cofre.repository..", "cofre.seal..");
    }

    @Test
    void theInnerRoomsOfTheRepositoryAreClosedButForValuesOfTheCheck() {
        noClasses()
                .that()
                .resideOutsideOfPackages("cofre", "cofre.repository..")
                .should()
                .dependOnClassesThat(resideInAPackage("cofre.repository.*..")
                        .and(not(belongToAnyOf(
                                cofre.repository.check.Finding.class,
                                cofre.repository.check.ReadChoice.class,
                                cofre.repository.check.ReadCoverage.class))))
                .check(CLASSES);
    }

    @Test
    void journeysDoNotKnowEachOtherNorTheSystem() {
        forbid("cofre.backup..", "cofre.restore..", "cofre.posix..", "cofre.zfs..", "cofre.walk..", "cofre.process..");
        forbid(
                "cofre.restore..",
                "cofre.backup..",
                "cofre.posix..",
                "cofre.zfs..",
                "cofre.target..",
                "cofre.process..");
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        forbid("cofre.zfs..", "cofre.walk..", "cofre.target..", "cofre.server..", "cofre.posix..");
        forbid("cofre.walk..", "cofre.zfs..", "cofre.target..", "cofre.server..", "cofre.process..");
        forbid("cofre.target..", "cofre.zfs..", "cofre.walk..", "cofre.server..", "cofre.process..");
        forbid("cofre.fuse..", "cofre.zfs..", "cofre.walk..", "cofre.target..", "cofre.server..", "cofre.process..");
        forbid("cofre.storage.rest..", "cofre.storage.local..", "cofre.server..");
        forbid("cofre.storage.local..", "cofre.storage.rest..", "cofre.server..");
    }

    @Test
    void theCommandLineKnowsNoEngine() {
        forbid(
                "cofre.cli..",
                "cofre.repository..",
                "cofre.seal..",
                "cofre.format..",
                "cofre.storage..",
                "cofre.daemon..");
    }

    private static void forbid(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void namesFromSharesAreNeverPathsOfTheJdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "cofre.path..",
                        "cofre.format..",
                        "cofre.chunk..",
                        "cofre.seal..",
                        "cofre.source..",
                        "cofre.walk..",
                        "cofre.backup..",
                        "cofre.repository..",
                        "cofre.restore..",
                        "cofre.target..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.file\\.(Path|Paths|Files)|java\\.io\\.File")
                .because("a name from a share is bytes: a String of it may not come back as the same file")
                .check(CLASSES);
    }

    @Test
    void valuesStartNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage("cofre.path..", "cofre.format..", "cofre.chunk..", "cofre.seal..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.Thread|java\\.util\\.concurrent\\.Executor.*|java\\.net\\..*")
                .check(CLASSES);
    }

    @Test
    void timeRandomnessEnvironmentAndStandardStreamsComeFromTheRoot() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (!type.getPackageName().equals("cofre")) {
                type.getAccessesFromSelf().stream()
                        .map(ArchitectureTest::target)
                        .filter(ROOT_ONLY::containsKey)
                        .forEach(t ->
                                found.computeIfAbsent(t, k -> new TreeSet<>()).add(outermost(type)));
            }
        }
        Map<String, Set<String>> allowed = new TreeMap<>();
        ROOT_ONLY.forEach((target, users) -> {
            if (!users.isEmpty()) {
                allowed.put(target, new TreeSet<>(users));
            }
        });
        assertThat(found).isEqualTo(allowed);
    }

    private static String target(JavaAccess<?> access) {
        return access.getTarget().getOwner().getName() + "."
                + access.getTarget().getName();
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
