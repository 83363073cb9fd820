package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.testkit.zfs.DiffLie;
import cofre.testkit.zfs.EditScript;
import cofre.testkit.zfs.EditScripts;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where sending is not permitted, {@code zfs diff} is all there is: what can be noticed is, and audits find the rest. */
@Timeout(300)
class DiffLiesTest {
    private static final int ROUNDS = 6;

    @TempDir
    Path dir;

    private int worlds;

    private IncrementalWorld world(long seed) throws Exception {
        ModelSettings settings = ModelSettings.random(new Random(seed));
        IncrementalWorld world = new IncrementalWorld(dir.resolve("w" + worlds++), settings, "/tank/s");
        world.zfs.changes().deny("send");
        return world;
    }

    @ParameterizedTest
    @EnumSource(
            value = DiffLie.class,
            names = {"NOISE", "FAILURE", "GARBAGE", "CUT_LINE"})
    void z5WhatCanBeNoticedOfDiffMeansAWalk(DiffLie lie) throws Exception {
        try (IncrementalWorld world = world(7)) {
            world.zfs.changes().lie(lie, 1);
            for (EditScript script : EditScripts.of(7, 5000, ROUNDS, 8)) {
                world.play(script);
                BackupReport report = world.judge(world.run());
                assertThat(report.detection().method()).isEqualTo(Method.WALK);
                assertThat(report.detection().distrust()).isEmpty();
            }
        }
    }

    /** How rounds went. */
    private static final class Tally {
        int diffs;
        int lies;
    }

    @ParameterizedTest
    @EnumSource(
            value = DiffLie.class,
            names = {"OMITTED_LINE", "FALSE_REMOVAL", "ON_DELETE_QUEUE"})
    void z6WhatCannotBeNoticedIsFoundByTheNextAudit(DiffLie lie) throws Exception {
        Tally tally = new Tally();
        for (int seed = 0; seed < 3; seed++) {
            try (IncrementalWorld world = world(seed)) {
                world.zfs.changes().lie(lie, seed);
                audited(world, EditScripts.of(seed, 5000, ROUNDS, 8), tally);
            }
        }
        assertThat(tally.diffs).isGreaterThan(3);
        if (lie == DiffLie.OMITTED_LINE) {
            assertThat(tally.lies).isPositive();
        }
    }

    @Test
    void z6ChangesOfFilesWithStaleParentsAreFoundByTheNextAudit() throws Exception {
        Tally tally = new Tally();
        for (int seed = 10; seed < 14; seed++) {
            try (IncrementalWorld world = world(seed)) {
                audited(world, EditScripts.of(seed, 5000, ROUNDS, 8), tally);
            }
        }
        assertThat(tally.diffs).isGreaterThan(10);
        assertThat(tally.lies).isPositive();
    }

    /** After each run an audit; after one that found something, a walk, until somebody says that all is well. */
    private static void audited(IncrementalWorld world, List<EditScript> scripts, Tally tally) throws Exception {
        for (EditScript script : scripts) {
            world.play(script);
            BackupReport report = world.run();
            if (report.detection().method() == Method.WALK) {
                world.judge(report);
                continue;
            }
            tally.diffs++;
            assertThat(report.detection().method()).isEqualTo(Method.DIFF);
            assertThat(report.detection().why()).contains("it may leave out changes");
            boolean lied = !world.made(report).equals(world.judged(report).root());
            BackupReport audit = world.judge(world.run(IncrementalWorld.RULES.with(DetectionRules.Wanted.AUDIT)));
            if (!lied) {
                assertThat(audit.detection().missed()).isZero();
                assertThat(audit.detection().distrust()).isEmpty();
                continue;
            }
            tally.lies++;
            if (audit.detection().method() == Method.WALK) {
                continue; // what was passed over was noticed: nothing to distrust
            }
            assertDistrusted(world, audit);
        }
    }

    private static void assertDistrusted(IncrementalWorld world, BackupReport audit) throws Exception {
        assertThat(audit.detection().missed()).isPositive();
        assertThat(audit.detection().distrust()).contains("did not tell");
        BackupReport next = world.judge(world.run());
        assertThat(next.detection().method()).isEqualTo(Method.WALK);
        assertThat(next.detection().why()).contains("cofre trust s");
        world.trust();
        assertThat(world.run().detection().method()).isEqualTo(Method.DIFF);
    }

    @Test
    void z7AnyNameIsFoundByWhatDiffPrintsOfIt() throws Exception {
        List<RawName> names = new ArrayList<>();
        for (int i = 1; i < 256; i++) {
            if (i != '/' && i != '.') {
                names.add(RawName.of(new byte[] {(byte) i}));
                names.add(RawName.of(new byte[] {'a', (byte) i, (byte) (256 - i == '/' ? 'b' : 256 - i)}));
            }
        }
        for (String text : List.of(" -> ", "\\0040", "%20", "--", "(on_delete_queue)", "\t \n", "L".repeat(255))) {
            names.add(RawName.ofText(text));
        }
        try (IncrementalWorld world = world(1)) {
            RawPath above = RawPath.ofDisplay("/d");
            world.dataset.files().mkdir(above);
            for (RawName name : names) {
                world.dataset.files().mkdir(above.resolve(name));
                world.dataset.files().create(above.resolve(name).resolve(name), new byte[] {1});
            }
            world.run();
            world.clock.advance(java.time.Duration.ofHours(1));
            for (RawName name : names) {
                world.dataset.files().write(above.resolve(name).resolve(name), 0, new byte[] {2});
            }
            BackupReport report = world.judge(world.run());
            assertThat(report.detection().method()).isEqualTo(Method.DIFF);
            assertThat(report.summary().filesChanged()).isEqualTo(names.size());
        }
    }
}
