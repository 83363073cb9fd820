package cofre.browse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Sha256;
import cofre.format.Tree;
import cofre.format.TreeCodec;
import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HugeDirectoryTest {
    private static byte[] tree(int count) throws Exception {
        Metadata metadata = new Metadata(
                0644, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 1, 1, "", "", 5, 0, 1, List.of(), Map.of());
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawName name = RawName.ofText(String.format(Locale.ROOT, "{,\"é%06d", i));
            nodes.add(new Node(name, metadata, new Node.FileBody(i, List.of(new BlobId(new Sha256(i, 0, 0, 0))))));
        }
        return TreeCodec.encode(new Tree(nodes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192, 8193, 10_240, 10_241, 20_000})
    void holdsWhatTheTreeHolds(int count) throws Exception {
        assertHolds(tree(count), count);
    }

    @Test
    void doesNotMindHowTheTreeIsWritten() throws Exception {
        String text = new String(tree(9000), StandardCharsets.UTF_8);
        String spaced = text.replace("},{\"name\"", "} ,\n  {\"name\"").replace("]}\n", " ] , \"more\" : [1,2] } ");
        assertHolds(spaced.getBytes(StandardCharsets.UTF_8), 9000);
    }

    private static void assertHolds(byte[] bytes, int count) throws Exception {
        Directory directory = Directory.of(bytes, () -> bytes);
        List<Node> all = TreeCodec.decode(bytes).nodes();
        assertThat(directory.count()).isEqualTo(count);
        assertThat(directory).isInstanceOf(count > Directory.HUGE ? HugeDirectory.class : SmallDirectory.class);
        List<Node> seen = new ArrayList<>();
        directory.each((position, node) -> seen.add(node));
        assertThat(seen).isEqualTo(all);
        for (int i = 0; i < count; i++) {
            assertThat(directory.find(all.get(i).name()) == i).isTrue();
        }
        for (int i = count - 1; i >= 0; i -= i % 2048 == 0 ? 1 : 511) {
            assertThat(directory.node(i)).isEqualTo(all.get(i));
        }
        assertThat(directory.find(RawName.ofText("no"))).isNegative();
    }
}
