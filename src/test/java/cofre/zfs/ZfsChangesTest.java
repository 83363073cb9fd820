package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import cofre.process.OutputReader;
import cofre.process.ProgramResult;
import cofre.process.ProgramResult.Ending;
import cofre.source.Base;
import cofre.source.ChangeSource.Method;
import cofre.source.Frozen;
import cofre.source.SnapshotSource.Request;
import cofre.source.SourceException;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedZfs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ZfsChangesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String LINE = "1795288102.399650499\tM\tF\t/tank/obras/a\n";

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final ZfsSource source = new ZfsSource(zfs, zfs, clock, clock::advance, DEADLINE);
    private final ZfsChanges changes = new ZfsChanges(zfs, DEADLINE, DEADLINE);
    private final HeardPaths heard = new HeardPaths();
    private Frozen first;
    private Frozen second;

    @BeforeEach
    void twoViews() throws SourceException {
        zfs.create("tank");
        zfs.create("tank/obras");
        first = freeze();
        source.settle(first);
        second = freeze();
    }

    @Test
    void findsTheSnapshotOfAnEarlierView() throws Exception {
        Base base = base();

        assertThat(base.viewId()).isEqualTo(first.viewId());
        assertThat(base.label()).isEqualTo(first.label());
        assertThat(base.isBookmark()).isFalse();
        assertThat(changes.base(second, second.viewId())).isEmpty();
        assertThat(changes.base(first, second.viewId())).isEmpty();
        assertThat(changes.base(second, "12345")).isEmpty();
    }

    @Test
    void findsTheBookmarkWhenTheSnapshotIsGone() throws Exception {
        destroyFirst();

        assertThat(base().label()).isEqualTo("tank/obras#cofre-20261121T101500Z");
        assertThat(base().isBookmark()).isTrue();
    }

    @Test
    void z2FindsTheViewsOfARenamedDataset() throws Exception {
        zfs.rename("tank/obras", "tank/works");

        assertThat(base().label()).isEqualTo("tank/works@cofre-20261121T101500Z");
        answerDiff("1795288102.399650499\tM\tF\t/tank/works/a\n");
        changes.tell(Method.DIFF, base(), second, heard);
        assertThat(heard.paths).containsExactly("/tank/works/a");
    }

    @Test
    void z2ADatasetRenamedWhileDiffRanIsNotBelieved() throws Exception {
        Base base = base();
        answerDiff(LINE);
        zfs.beforeNext(
                a -> a.get(0).equals("get") && heard.paths.size() == 1, () -> zfs.rename("tank/obras", "tank/w"));

        assertThatThrownBy(() -> changes.tell(Method.DIFF, base, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class)
                .hasMessageContaining("tank/w@");
    }

    @Test
    void z3FindsNothingInADatasetThatWasMadeAnew() throws Exception {
        zfs.vanish("tank/obras");
        zfs.create("tank/obras");
        Frozen fresh = freeze();

        assertThat(changes.base(fresh, first.viewId())).isEmpty();
    }

    @Test
    void z4FindsNothingWhenTheDatasetWasRolledBack() throws Exception {
        destroyFirst();
        zfs.run(List.of("destroy", "tank/obras#cofre-20261121T101500Z"), DEADLINE);

        assertThat(changes.base(second, first.viewId())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void z1ABaseThatVanishedBeforeOrWhileTellingIsFound(Method method) throws Exception {
        Base base = base();
        Base wrong = new Base("12345", base.label(), base.createTxg(), false);
        assertThatThrownBy(() -> changes.tell(method, wrong, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class);

        answer(method);
        zfs.beforeNext(a -> a.get(0).equals("get") && told(), this::destroyFirst);
        assertThatThrownBy(() -> changes.tell(method, base, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class)
                .hasMessageContaining("any more");
        assertThat(told()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void z1AViewThatVanishedWhileTellingIsFound(Method method) throws Exception {
        Base base = base();
        answer(method);
        zfs.beforeNext(a -> a.get(0).equals("get") && told(), () -> {
            zfs.run(List.of("release", "cofre:run", second.label()), DEADLINE);
            zfs.run(List.of("destroy", second.label()), DEADLINE);
        });

        assertThatThrownBy(() -> changes.tell(method, base, second, heard))
                .isInstanceOf(SourceException.SnapshotGone.class);
    }

    @Test
    void tellsPathsOfDiff() throws Exception {
        answerDiff(LINE);

        changes.tell(Method.DIFF, base(), second, heard);

        assertThat(heard.paths).containsExactly("/tank/obras/a");
        assertThat(zfs.calls()).contains(List.of("diff", "-FHt", first.label(), second.label()));
    }

    @Test
    void tellsObjectsOfTheStream() throws Exception {
        answer(Method.STREAM);

        changes.tell(Method.STREAM, base(), second, heard);

        assertThat(heard.others).isEqualTo(1);
        assertThat(zfs.calls()).contains(List.of("send", "-Lc", "-i", first.label(), second.label()));
    }

    @Test
    void refusesTheStreamOfOtherSnapshots() throws Exception {
        Base base = base();
        answer("send", new ProgramResult(Ending.EXITED, 0, TinyStream.between(first.viewId(), "7"), true, ""));

        assertThatThrownBy(() -> changes.tell(Method.STREAM, base, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class)
                .hasMessageContaining("leads to the snapshot with guid 7 vs " + second.viewId());
    }

    @Test
    void readsFromABookmarkByStreamOnly() throws Exception {
        destroyFirst();
        Base base = base();
        answer(Method.STREAM);

        changes.tell(Method.STREAM, base, second, heard);

        assertThat(heard.others).isEqualTo(1);
        assertThatThrownBy(() -> changes.tell(Method.DIFF, base, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class)
                .hasMessageContaining("only a bookmark");
        assertThat(zfs.calls()).noneMatch(a -> a.get(0).equals("diff"));
    }

    @Test
    void z5AnyFlawMakesDiffUnknown() throws Exception {
        Base base = base();
        unknown(
                base,
                new ProgramResult(Ending.EXITED, 1, LINE, true, "next allocated object find failure"),
                "find failure");
        unknown(base, new ProgramResult(Ending.EXITED, 1, LINE, true, ""), "exit status 1");
        unknown(base, new ProgramResult(Ending.EXITED, 0, LINE, true, "cannot name object 7"), "cannot name object 7");
        unknown(base, new ProgramResult(Ending.EXITED, 0, LINE + "what\n", true, ""), "line 2 is no line");
        unknown(base, new ProgramResult(Ending.EXITED, 0, LINE + "179528", true, ""), "line 2 is cut off");
        unknown(base, new ProgramResult(Ending.EXITED, 0, LINE, false, ""), "exit status 0");
        unknown(base, new ProgramResult(Ending.TIMED_OUT, -1, LINE + "17", false, ""), "no end before the deadline");
        unknown(base, new ProgramResult(Ending.NOT_STARTED, -1, "", false, "no such file"), "not started");
    }

    @Test
    void z5AnyFlawMakesTheStreamUnknown() throws Exception {
        Base base = base();
        String good = TinyStream.between(first.viewId(), second.viewId());
        for (ProgramResult bad : List.of(
                new ProgramResult(Ending.EXITED, 1, good, true, "warning: cannot send: signal received"),
                new ProgramResult(Ending.EXITED, 0, good, true, "noise"),
                new ProgramResult(Ending.EXITED, 0, good.substring(8), true, ""),
                new ProgramResult(Ending.EXITED, 0, good + "x", true, ""),
                new ProgramResult(Ending.TIMED_OUT, -1, good.substring(0, 400), false, ""))) {
            answer("send", bad);
            assertThatThrownBy(() -> changes.tell(Method.STREAM, base, second, heard))
                    .isInstanceOf(SourceException.ChangesUnknown.class)
                    .hasMessageContaining("run by hand: zfs send -Lc -i ");
        }
    }

    @Test
    void saysWhatPermissionIsMissing() throws Exception {
        Base base = base();
        answer(
                "diff",
                SimulatedZfs.failed("Unable to obtain diffs: ; The sys_mount privilege or diff delegated"
                        + " permission is needed; to execute the diff ioctl"));
        answer("send", SimulatedZfs.failed("warning: cannot send 'tank/obras@cofre-x': permission denied"));

        for (Method method : Method.values()) {
            assertThatThrownBy(() -> changes.tell(method, base, second, heard))
                    .isInstanceOf(SourceException.Refused.class)
                    .hasMessageContaining("send,diff");
        }
    }

    @Test
    void z5TenMillionLinesNeedNoMemory() throws Exception {
        Base base = base();
        long[] count = {0};
        ZfsRunner many = new ZfsRunner() {
            @Override
            public ProgramResult run(List<String> arguments, Duration deadline) {
                return zfs.run(arguments, deadline);
            }

            @Override
            public ProgramResult stream(List<String> arguments, Duration deadline, OutputReader reader)
                    throws IOException {
                reader.read(new Repeated(LINE.getBytes(StandardCharsets.US_ASCII), 10_000_000));
                return new ProgramResult(Ending.EXITED, 0, "", true, "");
            }
        };

        new ZfsChanges(many, DEADLINE, DEADLINE).tell(Method.DIFF, base, second, new CountingListener(count));

        assertThat(count[0]).isEqualTo(10_000_000);
    }

    @Test
    void estimatesByAskingZfs() throws Exception {
        Base base = base();
        answer(
                "send",
                new ProgramResult(
                        Ending.EXITED, 0, "incremental\ttank/s@1\ttank/s@2\t182568\nsize\t182568\n", true, ""));

        assertThat(changes.estimate(base, second)).isEqualTo(182568);
        assertThat(zfs.calls()).contains(List.of("send", "-nP", "-Lc", "-i", first.label(), second.label()));

        answer("send", new ProgramResult(Ending.EXITED, 0, "size\tmany\n", true, ""));
        assertThatThrownBy(() -> changes.estimate(base, second)).isInstanceOf(SourceException.ToolFailed.class);
        answer("send", new ProgramResult(Ending.EXITED, 0, "", true, ""));
        assertThatThrownBy(() -> changes.estimate(base, second)).isInstanceOf(SourceException.ToolFailed.class);
        answer("send", SimulatedZfs.failed("cannot send 'tank/obras': permission denied"));
        assertThatThrownBy(() -> changes.estimate(base, second)).isInstanceOf(SourceException.Refused.class);
    }

    @Test
    void knowsNothingOfADatasetWithoutAPath() throws Exception {
        Base base = base();
        zfs.dataset("tank/obras").set("mountpoint", "legacy");

        assertThatThrownBy(() -> changes.tell(Method.DIFF, base, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class)
                .hasMessageContaining("legacy");
        answer(Method.STREAM);
        assertThatCode(() -> changes.tell(Method.STREAM, base, second, heard)).doesNotThrowAnyException();
    }

    private void unknown(Base base, ProgramResult answer, String words) {
        answer("diff", answer);
        assertThatThrownBy(() -> changes.tell(Method.DIFF, base, second, heard))
                .isInstanceOf(SourceException.ChangesUnknown.class)
                .hasMessageStartingWith(
                        "cannot tell the changes from " + first.label() + " to " + second.label() + ": ")
                .hasMessageContaining(words);
    }

    private boolean told() {
        return heard.others + heard.paths.size() > 0;
    }

    private void answer(Method method) {
        if (method == Method.DIFF) {
            answerDiff(LINE);
        } else {
            String text = TinyStream.between(first.viewId(), second.viewId());
            answer("send", new ProgramResult(Ending.EXITED, 0, text, true, ""));
        }
    }

    private void answerDiff(String text) {
        answer("diff", new ProgramResult(Ending.EXITED, 0, text, true, ""));
    }

    private void answer(String verb, ProgramResult answer) {
        zfs.answerOnce(a -> a.get(0).equals(verb), answer);
    }

    private Base base() throws SourceException {
        return changes.base(second, first.viewId()).orElseThrow();
    }

    private Frozen freeze() throws SourceException {
        return source.freeze(List.of(new Request("obras", "tank/obras", RawPath.ofDisplay("/tank/obras"))), "run-1")
                .get(0);
    }

    private void destroyFirst() {
        zfs.run(List.of("release", "cofre:run", first.label()), DEADLINE);
        assertThat(zfs.run(List.of("destroy", first.label()), DEADLINE).isSuccess())
                .isTrue();
    }

    /** The same bytes again and again. */
    private static final class Repeated extends InputStream {
        private final byte[] block;
        private long left;
        private int at;

        Repeated(byte[] line, int count) {
            block = new byte[line.length * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(line, 0, block, i * line.length, line.length);
            }
            left = (long) line.length * count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time");
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int n = (int) Math.min(left, Math.min(length, block.length - at));
            System.arraycopy(block, at, into, from, n);
            at = (at + n) % block.length;
            left -= n;
            return n == 0 ? -1 : n;
        }
    }
}
