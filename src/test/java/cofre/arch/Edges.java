package cofre.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the compiled rooms really use, each edge with one dependency that proves it. */
final class Edges {
    private static final String ROOT = "cofre";

    private final SortedMap<String, SortedMap<String, String>> toRooms = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> toLibraries = new TreeMap<>();

    private Edges() {}

    static Edges of(JavaClasses classes) {
        Edges edges = new Edges();
        for (JavaClass from : classes) {
            from.getDirectDependenciesFromSelf().forEach(edges::add);
        }
        return edges;
    }

    private void add(Dependency dependency) {
        String from = room(dependency.getOriginClass());
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.isPrimitive()) {
            return;
        }
        String proof = dependency.getOriginClass().getName() + " -> " + target.getName();
        if (isOurs(target)) {
            String to = room(target);
            boolean ownInnerRoom = !from.isEmpty() && to.startsWith(from + ".");
            if (!to.equals(from) && !ownInnerRoom) {
                toRooms.computeIfAbsent(from, f -> new TreeMap<>()).putIfAbsent(to, proof);
            }
        } else {
            Libraries.of(target.getName())
                    .ifPresent(library -> toLibraries
                            .computeIfAbsent(from, f -> new TreeMap<>())
                            .putIfAbsent(library, proof));
        }
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    SortedMap<String, String> roomsUsedBy(String room) {
        return toRooms.getOrDefault(room, new TreeMap<>());
    }

    SortedMap<String, String> librariesUsedBy(String room) {
        return toLibraries.getOrDefault(room, new TreeMap<>());
    }

    /** All rooms there is code in that uses anything. */
    SortedSet<String> rooms() {
        SortedSet<String> all = new TreeSet<>(toRooms.keySet());
        all.addAll(toLibraries.keySet());
        return all;
    }
}
