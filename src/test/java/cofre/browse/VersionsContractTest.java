package cofre.browse;

import cofre.contract.VersionTreeContract;
import cofre.path.RawName;
import cofre.testkit.MemoryNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class VersionsContractTest extends VersionTreeContract {
    @TempDir
    Path temp;

    private World world;

    @Override
    protected VersionTree show(Consumer<Making> content) throws Exception {
        world = new World(temp);
        content.accept(new Node(world.live));
        world.backUp();
        world.showReady();
        return world.tree();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private record Node(MemoryNode node) implements Making {
        @Override
        public Making dir(RawName name) {
            return new Node(node.dir(name));
        }

        @Override
        public void file(RawName name, byte[] content, int mode, long uid, long gid) {
            node.file(name, content).mode(mode).owner(uid, gid);
        }

        @Override
        public void symlink(RawName name, byte[] target) {
            node.symlink(name, target);
        }

        @Override
        public void twoNames(RawName name, RawName second, byte[] content) {
            node.link(new String(second.bytes(), StandardCharsets.UTF_8), node.file(name, content));
        }

        @Override
        public void withAttribute(RawName name, String attribute, byte[] value) {
            node.file(name, new byte[0]).xattr(attribute, value);
        }
    }
}
