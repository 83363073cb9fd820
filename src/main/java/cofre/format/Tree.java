package cofre.format;

import java.util.List;

/**
 * One directory.
 *
 * @param nodes its entries, strictly ascending by the raw bytes of their names
 */
public record Tree(List<Node> nodes) {
    public Tree {
        nodes = List.copyOf(nodes);
        for (int i = 1; i < nodes.size(); i++) {
            if (nodes.get(i - 1).name().compareTo(nodes.get(i).name()) >= 0) {
                throw new IllegalArgumentException(
                        "cannot use tree: \"" + nodes.get(i).name() + "\" comes after \""
                                + nodes.get(i - 1).name() + "\" vs strictly ascending names");
            }
        }
    }
}
