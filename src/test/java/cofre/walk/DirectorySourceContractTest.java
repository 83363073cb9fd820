package cofre.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SnapshotSource.Request;
import cofre.source.SnapshotSourceContract;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceContractTest extends SnapshotSourceContract {
    @TempDir
    Path temp;

    private final DirectorySource source = new DirectorySource(
            new PosixTree(Posix.load(System::nanoTime)), new SettableClock("2026-11-21T10:15:00.5Z"));
    private Path share;

    @BeforeEach
    void makeShare() throws Exception {
        share = Files.createDirectory(temp.resolve("share"));
    }

    @Override
    protected SnapshotSource source() {
        return source;
    }

    @Override
    protected Request request() {
        return new Request("s", share.toString(), RawPath.ofDisplay(share.toString()));
    }

    @Override
    protected Request missing() {
        return new Request("m", "/nonexistent/x", RawPath.ofDisplay("/nonexistent/x"));
    }

    @Override
    protected void writeLive(String name, String text) throws Exception {
        Files.writeString(share.resolve(name), text);
    }

    @Test
    void saysThatItIsNotConsistent() throws Exception {
        Frozen view = source.freeze(List.of(request()), "run-1").get(0);

        assertThat(view.isConsistent()).isFalse();
        assertThat(view.viewId()).isEmpty();
        assertThat(view.source().kind()).isEqualTo(SourceId.Kind.DIRECTORY);
        assertThat(view.label()).isEqualTo(share.toString());
        assertThat(view.time()).hasToString("2026-11-21T10:15:00.500Z");
    }

    @Test
    void noticesThatAnotherDirectoryTookThePlace() throws Exception {
        Frozen view = source.freeze(List.of(request()), "run-1").get(0);
        Files.move(share, temp.resolve("old"));
        Files.createDirectory(share);

        assertThatThrownBy(view::openRoot).isInstanceOf(SourceException.SnapshotGone.class);
        assertThatThrownBy(view::verifyStillThere).isInstanceOf(SourceException.SnapshotGone.class);
    }
}
