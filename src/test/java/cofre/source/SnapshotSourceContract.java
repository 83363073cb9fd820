package cofre.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import cofre.source.SnapshotSource.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every source must do, whatever it is made of. */
public abstract class SnapshotSourceContract {
    /** The source, with {@link #request()} in a state to be frozen. */
    protected abstract SnapshotSource source();

    /** A share whose root can be written by {@link #writeLive}. */
    protected abstract Request request();

    /** A request for something that is not there. */
    protected abstract Request missing();

    /** Writes a file into the live share. */
    protected abstract void writeLive(String name, String text) throws Exception;

    @Test
    public void identifiesTheSameSourceEveryTime() throws Exception {
        SourceId id = source().identify(request());

        assertThat(source().identify(request()).isSameAs(id)).isTrue();
        assertThat(id.identity()).isNotBlank();
    }

    @Test
    public void saysThatThereIsNoSuchSource() {
        assertThatThrownBy(() -> source().identify(missing()))
                .isInstanceOf(SourceException.DatasetGone.class)
                .hasMessageContaining("vs");
        assertThatThrownBy(() -> source().freeze(List.of(request(), missing()), "run-0"))
                .isInstanceOf(SourceException.DatasetGone.class);
    }

    @Test
    public void showsWhatWasThereWhenFrozen() throws Exception {
        writeLive("one.txt", "first");
        List<Frozen> frozen = source().freeze(List.of(request()), "run-1");

        try (Frozen view = frozen.get(0);
                SourceDir root = view.openRoot()) {
            assertThat(names(root)).contains("one.txt");
            assertThat(read(root, "one.txt")).isEqualTo("first");
            view.verifyStillThere();
        }
        source().settle(frozen.get(0));
    }

    @Test
    public void aConsistentViewDoesNotChangeWithTheLiveTree() throws Exception {
        writeLive("two.txt", "before");
        Frozen view = source().freeze(List.of(request()), "run-2").get(0);
        writeLive("two.txt", "after");
        writeLive("later.txt", "new");

        try (SourceDir root = view.openRoot()) {
            boolean frozen =
                    read(root, "two.txt").equals("before") && !names(root).contains("later.txt");
            assertThat(frozen).isEqualTo(view.isConsistent());
        }
        source().abandon(view);
    }

    @Test
    public void opensDirectoriesAndFilesForWhatTheyAreOnly() throws Exception {
        writeLive("plain", "x");
        Frozen view = source().freeze(List.of(request()), "run-3").get(0);

        try (SourceDir root = view.openRoot()) {
            assertThatThrownBy(() -> root.enter(RawName.ofText("plain")))
                    .isInstanceOf(SourceException.FileUnreadable.class);
            assertThatThrownBy(() -> root.open(RawName.ofText("no-such-name")))
                    .isInstanceOf(SourceException.FileUnreadable.class);
        }
        source().abandon(view);
    }

    @Test
    public void settlingAndAbandoningTwiceChangesNothing() throws Exception {
        Frozen first = source().freeze(List.of(request()), "run-4").get(0);
        source().settle(first);
        source().settle(first);
        Frozen second = source().freeze(List.of(request()), "run-5").get(0);
        source().abandon(second);
        source().abandon(second);

        first.verifyStillThere();
        second.verifyStillThere();
    }

    protected static List<String> names(SourceDir dir) throws SourceException {
        return dir.list().stream()
                .map(e -> e.name().toString())
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    protected static String read(SourceDir dir, String name) throws SourceException {
        try (SourceFile file = dir.open(RawName.ofText(name))) {
            byte[] bytes = new byte[10_000];
            int n = file.read(bytes, 0, bytes.length);
            return n < 0 ? "" : new String(bytes, 0, n, StandardCharsets.UTF_8);
        }
    }
}
