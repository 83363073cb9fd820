package cofre.testkit.zfs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds, for scripts with which something fails, fewer edits with which it still fails. */
public final class EditShrinker {
    private record Placed(int round, Edit edit) {}

    private EditShrinker() {}

    /**
     * Leaves out edits, many at once and then one by one, as long as {@code fails} says it still does; in the end none
     * can be left out alone. The number of scripts stays; some may be empty.
     */
    public static List<EditScript> shrink(List<EditScript> scripts, Predicate<List<EditScript>> fails) {
        List<Placed> left = new ArrayList<>();
        for (int round = 0; round < scripts.size(); round++) {
            for (Edit edit : scripts.get(round).edits()) {
                left.add(new Placed(round, edit));
            }
        }
        int step = Math.max(1, left.size() / 2);
        while (step > 0) {
            List<Placed> fewer = pass(left, step, scripts.size(), fails);
            // The last pass is repeated: what was needed before may not be any more.
            step = step == 1 && fewer.size() < left.size() ? 1 : step / 2;
            left = fewer;
        }
        return scripts(left, scripts.size());
    }

    private static List<Placed> pass(List<Placed> all, int step, int rounds, Predicate<List<EditScript>> fails) {
        List<Placed> left = all;
        for (int at = left.size(); at > 0; at -= step) {
            int from = Math.max(0, at - step);
            List<Placed> fewer = new ArrayList<>(left.subList(0, from));
            fewer.addAll(left.subList(at, left.size()));
            if (fails.test(scripts(fewer, rounds))) {
                left = fewer;
            }
        }
        return left;
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
