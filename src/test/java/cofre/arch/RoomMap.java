package cofre.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The map of rooms as their package-infos tell it. */
final class RoomMap {
    private static final Path MAIN = Path.of("src/main/java/cofre");
    /** Up to the first full stop that ends a sentence. */
    private static final Pattern MAY_USE = Pattern.compile("May use:\\s*(.*?)\\.(?=\\s|$)", Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9.]*");
    private static final String EVERY_ROOM = "every room";

    private final SortedMap<String, Room> rooms = new TreeMap<>();

    private RoomMap() {}

    /** Reads every package-info of the main code. */
    static RoomMap read() {
        RoomMap map = new RoomMap();
        List<Path> files = packageInfos();
        NavigableSet<String> names = new TreeSet<>();
        files.forEach(file -> names.add(nameOf(file)));
        files.forEach(file -> map.rooms.put(nameOf(file), room(nameOf(file), text(file), names)));
        return map;
    }

    SortedMap<String, Room> rooms() {
        return rooms;
    }

    private static List<Path> packageInfos() {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(f -> f.endsWith("package-info.java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the map of rooms: run in the checkout's root", e);
        }
    }

    private static String nameOf(Path file) {
        return MAIN.relativize(file.getParent()).toString().replace('/', '.');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file)
                    .replaceAll("(?m)^ \\* ?", "")
                    .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
                    .replaceAll("<[^>]*>", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Room room(String name, String text, NavigableSet<String> names) {
        Matcher sentence = MAY_USE.matcher(text);
        if (!sentence.find()) {
            throw new AssertionError("package-info of " + name + " has no sentence \"May use: ...\"");
        }
        String said = sentence.group(1).replaceAll("\\s+", " ");
        NavigableSet<String> used = new TreeSet<>();
        if (said.contains(EVERY_ROOM)) {
            used.addAll(names);
            used.remove(name);
        }
        Matcher word = WORD.matcher(said);
        while (word.find()) {
            resolve(word.group(), name, names).ifPresent(used::add);
        }
        NavigableSet<String> libraries = new TreeSet<>();
        Libraries.PACKAGES.keySet().stream().filter(said::contains).forEach(libraries::add);
        return new Room(name, used, libraries);
    }

    /** Inner rooms call each other by their last name. */
    private static Optional<String> resolve(String word, String from, NavigableSet<String> names) {
        int dot = from.indexOf('.');
        String sibling = dot < 0 ? "" : from.substring(0, dot + 1) + word;
        return Stream.of(sibling, word)
                .filter(n -> !n.isEmpty() && names.contains(n))
                .findFirst();
    }
}
