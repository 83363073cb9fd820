package cofre.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawName;
import cofre.testkit.versions.MemorySpot;
import cofre.testkit.versions.MemoryVersionTree;
import org.junit.jupiter.api.Test;

class NodeTableTest {
    private final MemoryVersionTree tree = new MemoryVersionTree();
    private final NodeTable table = new NodeTable(tree.top(), 10);

    private Node tell(Node parent, String name) {
        MemorySpot spot = tree.directory((MemorySpot) parent.spot, name);
        return table.tell(parent, RawName.ofText(name), spot);
    }

    @Test
    void asksToLetGoOfTheLeavesOfVersionsUsedLeastLately() throws Exception {
        Node top = table.get(NodeTable.TOP);
        Node version = tell(tell(top, "share"), "version");
        Node inner = tell(version, "dir");
        Node[] leaves = new Node[12];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = tell(inner, "leaf" + i);
        }
        assertThat(table.size()).isEqualTo(16);
        assertThat(table.awaitTooMany(0)).isTrue();
        assertThat(table.get(leaves[0].id)).isSameAs(leaves[0]);
        assertThat(table.oldest(100)).containsExactly(leaves[1], leaves[2], leaves[3], leaves[4], leaves[5], leaves[6]);
        assertThat(table.oldest(2)).as("others, as those were asked").containsExactly(leaves[7], leaves[8]);
        for (int i = 1; i < 7; i++) {
            table.forget(leaves[i].id, 1);
        }
        assertThat(table.size()).isEqualTo(10);
        assertThat(table.oldest(100)).isEmpty();
    }

    @Test
    void sameSpotIsTheSameNodeUntilItIsForgotten() throws Exception {
        Node top = table.get(NodeTable.TOP);
        MemorySpot spot = tree.directory(tree.top(), "a");
        Node first = table.tell(top, RawName.ofText("a"), spot);
        assertThat(table.tell(top, RawName.ofText("a"), spot)).isSameAs(first);
        table.forget(first.id, 1);
        assertThat(table.size()).isEqualTo(2);
        table.forget(first.id, 1);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.tell(top, RawName.ofText("a"), spot).id).isGreaterThan(first.id);
    }

    @Test
    void topIsNeverForgotten() throws Exception {
        table.forget(NodeTable.TOP, Long.MAX_VALUE);
        assertThat(table.get(NodeTable.TOP).spot).isSameAs(tree.top());
    }
}
