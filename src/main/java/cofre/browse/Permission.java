package cofre.browse;

import cofre.acl.Caller;
import cofre.acl.Want;
import cofre.format.Node;
import java.util.Optional;

final class Permission {
    interface Nodes {
        Optional<Node> node(Entry.Kept spot) throws BrowseException;
    }

    private final Nodes nodes;

    Permission(LiveShare live, Nodes nodes) {
        this.nodes = nodes;
    }

    boolean permits(Caller caller, Entry.Kept spot, Want want) throws BrowseException {
        return caller.isRoot()
                || nodes.node(spot).map(n -> n.metadata().uid() == caller.uid()).orElse(false);
    }
}
