package cofre.testkit.zfs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds, for scripts with which something fails, fewer edits with which it still fails. */
public final class EditShrinker {
    private record Placed(int round, Edit edit) {}

    private EditShrinker() {}

    /**
     * Leaves out edits, many at once and then one by one, as long as {@code fails} says it still does. The number of
     * scripts stays; some may be empty in the end.
     */
    public static List<EditScript> shrink(List<EditScript> scripts, Predicate<List<EditScript>> fails) {
        List<Placed> left = new ArrayList<>();
        for (int round = 0; round < scripts.size(); round++) {
            for (Edit edit : scripts.get(round).edits()) {
                left.add(new Placed(round, edit));
            }
        }
        for (int step = Math.max(1, left.size() / 2); step > 0; step /= 2) {
            int at = left.size();
            while (at > 0) {
                int from = Math.max(0, at - step);
                List<Placed> fewer = new ArrayList<>(left.subList(0, from));
                fewer.addAll(left.subList(Math.min(at, left.size()), left.size()));
                if (fails.test(scripts(fewer, scripts.size()))) {
                    left = fewer;
                }
                at = from;
            }
        }
        return scripts(left, scripts.size());
    }

    private static List<EditScript> scripts(List<Placed> placed, int rounds) {
        List<EditScript> scripts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int wanted = round;
            scripts.add(new EditScript(placed.stream()
                    .filter(p -> p.round() == wanted)
                    .map(Placed::edit)
                    .toList()));
        }
        return List.copyOf(scripts);
    }
}
