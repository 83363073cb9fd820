package cofre.testkit.zfs;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Edits in order. Any of them can be left out: what then cannot be done is passed over.
 *
 * @param edits the edits
 */
public record EditScript(List<Edit> edits) {
    public EditScript {
        edits = List.copyOf(edits);
    }

    @Override
    public String toString() {
        return edits.stream().map(e -> e + "\n").collect(Collectors.joining());
    }
}
