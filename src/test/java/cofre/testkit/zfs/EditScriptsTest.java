package cofre.testkit.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedZfs;
import cofre.testkit.zfs.Edit.Kind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EditScriptsTest {
    private static final int LARGEST = 60_000;

    @Test
    void theSameSeedMakesTheSameScripts() {
        assertThat(EditScripts.of(7, LARGEST, 3, 30))
                .hasToString(EditScripts.of(7, LARGEST, 3, 30).toString());
        assertThat(EditScripts.of(7, LARGEST, 3, 30)).isNotEqualTo(EditScripts.of(8, LARGEST, 3, 30));
    }

    @Test
    void everyKindOfEditIsMade() {
        Map<Kind, Long> counts = EditScripts.of(1, LARGEST, 40, 50).stream()
                .flatMap(s -> s.edits().stream())
                .collect(Collectors.groupingBy(Edit::kind, () -> new EnumMap<>(Kind.class), Collectors.counting()));
        assertThat(counts).containsOnlyKeys(Kind.values());
    }

    /** Whatever was edited: what differs between two snapshots is in the stream, and the numbers and traps do come up. */
    @Test
    void theStreamTellsOfEverythingThatDiffers() throws IOException {
        int stale = 0;
        int usedAnew = 0;
        int nameless = 0;
        for (int seed = 0; seed < 60; seed++) {
            SimulatedZfs zfs = new SimulatedZfs(new SettableClock("2026-11-21T10:15:00Z"));
            ModelDataset files =
                    zfs.create("tank/s", ModelSettings.random(new Random(seed))).files();
            EditPlayer player = new EditPlayer(files, zfs::sync);
            int round = 0;
            for (EditScript script : EditScripts.of(seed, LARGEST, 3, 30)) {
                player.play(script);
                zfs.snapshot("tank/s", String.valueOf(round), Map.of());
                if (round > 0) {
                    ObjectsAt before = zfs.dataset("tank/s")
                            .files(String.valueOf(round - 1))
                            .objects();
                    ObjectsAt now =
                            zfs.dataset("tank/s").files(String.valueOf(round)).objects();
                    List<String> told = StreamChecker.lines(send(zfs, round));
                    new Told(told).checkAgainst(before, now, "seed " + seed + " round " + round);
                    usedAnew += count(
                            now, o -> before.get(o.number) != null && before.get(o.number).generation != o.generation);
                    stale += count(now, o -> isStale(now, o));
                    nameless += count(now, o -> o.links == 0);
                }
                round++;
            }
        }
        assertThat(stale).isPositive();
        assertThat(usedAnew).isPositive();
        assertThat(nameless).isPositive();
    }

    private static byte[] send(SimulatedZfs zfs, int round) throws IOException {
        byte[][] read = new byte[1][];
        zfs.stream(
                List.of("send", "-i", "@" + (round - 1), "tank/s@" + round),
                Duration.ofSeconds(1),
                in -> read[0] = in.readAllBytes());
        return read[0];
    }

    private static int count(ObjectsAt at, Predicate<ModelObject> what) {
        return (int) at.objects().values().stream().filter(what).count();
    }

    private static boolean isStale(ObjectsAt at, ModelObject object) {
        ModelObject parent = at.get(object.parent);
        return object.links > 0
                && object.number != ObjectTable.ROOT
                && !object.isAttribute
                && (parent == null || !parent.entries.containsValue(object.number));
    }

    @Test
    void aFailureShrinksToTheFewEditsThatMakeIt() {
        List<EditScript> scripts = EditScripts.of(3, LARGEST, 4, 60);
        assertThat(leavesAStaleParent(scripts)).isTrue();
        List<EditScript> fewer = EditShrinker.shrink(scripts, EditScriptsTest::leavesAStaleParent);
        assertThat(leavesAStaleParent(fewer)).isTrue();
        assertThat(fewer).hasSameSizeAs(scripts);
        int edits = 0;
        for (int round = 0; round < fewer.size(); round++) {
            for (Edit edit : fewer.get(round).edits()) {
                assertThat(leavesAStaleParent(without(fewer, round, edit)))
                        .as(edit + " can be left out of " + fewer)
                        .isFalse();
                edits++;
            }
        }
        assertThat(edits).isBetween(3, 15);
    }

    private static List<EditScript> without(List<EditScript> scripts, int round, Edit edit) {
        List<EditScript> fewer = new ArrayList<>(scripts);
        List<Edit> edits = new ArrayList<>(scripts.get(round).edits());
        edits.remove(edit);
        fewer.set(round, new EditScript(edits));
        return fewer;
    }

    private static boolean leavesAStaleParent(List<EditScript> scripts) {
        SimulatedZfs zfs = new SimulatedZfs(new SettableClock("2026-11-21T10:15:00Z"));
        ModelDataset files = zfs.create("tank/s", ModelSettings.USUAL).files();
        EditPlayer player = new EditPlayer(files, zfs::sync);
        scripts.forEach(player::play);
        ObjectsAt now = files.live();
        return count(now, o -> isStale(now, o)) > 0;
    }

    /** What a stream told, as its lines. */
    private static final class Told {
        private final Set<Long> objects = new HashSet<>();
        private final TreeMap<Long, Long> freed = new TreeMap<>();
        private final Map<Long, TreeMap<Long, Long>> ranges = new HashMap<>();
        private final Set<Long> spills = new HashSet<>();

        Told(List<String> lines) {
            for (String line : lines) {
                long[] numbers = Pattern.compile("-?\\d+")
                        .matcher(line.replaceAll("type=\\d+", ""))
                        .results()
                        .mapToLong(r -> Long.parseLong(r.group()))
                        .toArray();
                switch (line.split(" ", -1)[0]) {
                    case "OBJECT" -> objects.add(numbers[0]);
                    case "SPILL" -> spills.add(numbers[0]);
                    case "FREEOBJECTS" -> freed.put(numbers[0], numbers[1]);
                    case "WRITE", "FREE" ->
                        ranges.computeIfAbsent(numbers[0], n -> new TreeMap<>())
                                .put(numbers[1], numbers[2] < 0 ? Long.MAX_VALUE : numbers[1] + numbers[2]);
                    default -> {}
                }
            }
        }

        void checkAgainst(ObjectsAt before, ObjectsAt now, String where) {
            before.objects().keySet().stream()
                    .filter(n -> now.get(n) == null)
                    .forEach(n ->
                            assertThat(isFreed(n)).as(where + " freed " + n).isTrue());
            now.objects().values().forEach(object -> check(before.get(object.number), object, where));
        }

        private boolean isFreed(long number) {
            Map.Entry<Long, Long> range = freed.floorEntry(number);
            return range != null && number < range.getKey() + range.getValue();
        }

        private void check(ModelObject was, ModelObject is, String where) {
            if (was == is) {
                return;
            }
            assertThat(objects).as(where).contains(is.number);
            if (was != null && was.generation == is.generation) {
                checkContent(was, is, where + " object " + is.number);
            }
        }

        private void checkContent(ModelObject was, ModelObject is, String where) {
            if (is.isDir()) {
                return;
            }
            byte[] old = bytes(was);
            byte[] now = bytes(is);
            for (int i = 0; i < now.length; i++) {
                if (now[i] != (i < old.length ? old[i] : 0)) {
                    Map.Entry<Long, Long> range =
                            ranges.getOrDefault(is.number, new TreeMap<>()).floorEntry((long) i);
                    assertThat(range != null && i < range.getValue())
                            .as(where + " byte " + i)
                            .isTrue();
                }
            }
            if (!new Bonus(is, ByteOrder.LITTLE_ENDIAN).spill().equals(Optional.empty())) {
                assertThat(spills).as(where).contains(is.number);
            }
        }

        private static byte[] bytes(ModelObject object) {
            byte[] bytes = new byte[Math.toIntExact(object.size)];
            object.content.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }
}
