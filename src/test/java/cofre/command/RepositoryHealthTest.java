package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.testkit.Await;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host finds bad in a repository it remembers, tells, and mends as far as its shares allow. */
@Timeout(120)
class RepositoryHealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    private LocalSetup setup;

    @BeforeEach
    void write() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
    }

    /** Spoils the first bytes of every pack. */
    private void spoilPacks() throws Exception {
        for (Path pack : setup.stored("data")) {
            byte[] bytes = Files.readAllBytes(pack);
            bytes[20] ^= 1;
            LocalSetup.overwrite(pack, bytes);
        }
    }

    private static String status(DaemonInProcess daemon) {
        return daemon.run("--json", "status").out();
    }

    @Test
    void s6WhatACheckFoundIsKeptAnewByTheNextBackupAlsoAfterARestart() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            daemon.run("backup", "s");
            assertThat(daemon.run("check", "--read-data").exit()).isZero();
            assertThat(daemon.run("status").out()).contains("sound").contains("100 % within 30 days");
            spoilPacks();
            Answer check = daemon.run("check", "--read-data");
            assertThat(check.exit()).isEqualTo(Exit.FAILED);
            assertThat(check.out()).contains("cofre backup --all", "cofre repair packs r");
            assertThat(daemon.run("status").out()).contains("3 errors, 2 bad copies of blobs");
            daemon.restart();
            Answer backup = daemon.run("backup", "s");
            assertThat(backup.exit()).as(backup.err()).isZero();
            assertThat(backup.err()).contains("2 of 2 blobs found bad in the repository are kept anew from share s");
            Answer again = daemon.run("check", "--read-data");
            assertThat(again.exit())
                    .as("bad bytes are told of until they are gone")
                    .isEqualTo(Exit.FAILED);
            assertThat(again.out()).contains("everything in it can still be had", "cofre repair packs r");
            assertThat(daemon.run("backup", "s").err()).doesNotContain("found bad");
        }
    }

    @Test
    void s6WhatARestoreMeetsIsKeptAnewByTheNextBackup() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            daemon.run("backup", "s");
            spoilPacks();
            Path target = dir.resolve("back");
            assertThat(daemon.run("restore", "latest", "--target", target.toString())
                            .exit())
                    .isNotZero();
            assertThat(status(daemon)).doesNotContain("\"bad_copies\":0").contains("\"bad_copies\":");
            assertThat(daemon.run("backup", "s").exit()).isZero();
            assertThat(daemon.run("restore", "latest", "--target", target + "2", "--verify")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void s10ScheduledChecksReadAPartEachTimeAndSayHowFarTheyAre() throws Exception {
        SettableClock clock = new SettableClock("2026-11-21T10:10:00Z");
        try (DaemonInProcess daemon = new DaemonInProcess(
                dir,
                clock,
                null,
                setup.repositoryTable(
                        setup.repository().toString(),
                        "check_schedule = \"daily 03:00\"",
                        "check_data_within = \"4 d\""),
                setup.shareTable("s", setup.live()))) {
            daemon.run("init");
            daemon.run("backup", "s");
            int done = 0;
            for (int day = 1; day <= 4; day++) {
                Await.until("tasks are seen", PATIENCE, () -> status(daemon).contains("\"next\":\"2026"));
                clock.advance(Duration.ofDays(1));
                int checks = ++done;
                Await.until(
                        "check " + checks,
                        PATIENCE,
                        () -> status(daemon).split("\"kind\":\"check\",\"title\":\"r\",\"state\":\"done\"", -1).length
                                == checks + 1);
            }
            assertThat(status(daemon)).contains("\"data_percent\":100", "\"data_within_days\":4", "\"errors\":0");
        }
    }

    @Test
    void aPartThatIsNoneIsRefused() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            assertThat(daemon.run("check", "--read-data-subset", "5/3").err()).contains("\"5/3\" vs n/t");
            assertThat(daemon.run("check", "--read-data", "--read-data-subset", "1/3")
                            .exit())
                    .isEqualTo(Exit.USAGE);
            daemon.run("backup", "s");
            assertThat(daemon.run("check", "--read-data-subset", "1%").exit()).isZero();
        }
    }

    private void spoilOneOf(String folder, int at) throws Exception {
        Path file = setup.stored(folder).get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        LocalSetup.overwrite(file, bytes);
    }

    @Test
    void s3WhatIsLostForGoodIsRepairedByTheCommandsThatCheckNames() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            daemon.run("backup", "s");
            spoilPacks();
            Files.writeString(setup.live().resolve("a.txt"), "another\n"); // its old content is nowhere any more
            assertThat(daemon.run("check", "--read-data").exit()).isEqualTo(Exit.FAILED);
            assertThat(daemon.run("backup", "s").exit()).isZero();
            Answer dry = daemon.run("repair", "packs", "r", "--dry-run");
            assertThat(dry.out()).as(dry.err()).contains("Nothing was changed");
            Answer packs = daemon.run("repair", "packs", "r");
            assertThat(packs.exit()).as(packs.err()).isZero();
            assertThat(packs.out()).contains("2 repaired");
            assertThat(daemon.run("check").exit())
                    .as("the first point is not whole")
                    .isEqualTo(Exit.FAILED);
            assertThat(daemon.run("repair", "snapshots", "r", "--dry-run").out())
                    .contains("Would repair 1");
            Answer points = daemon.run("repair", "snapshots", "r", "--forget");
            assertThat(points.exit()).as(points.err()).isZero();
            assertThat(daemon.run("check", "--read-data").out()).contains("No errors were found");
            assertThat(daemon.run("status").out()).contains("sound").doesNotContain("bad copies");
            assertThat(daemon.run("repair", "index", "r").out()).contains("nothing to repair");
            Answer backup = daemon.run("backup", "s");
            assertThat(backup.exit())
                    .as("what we removed is not missed: %s", backup.err())
                    .isZero();
            assertThat(backup.err()).doesNotContain("are gone");
        }
    }

    @Test
    void h18ADamagedIndexStopsNobodyAndIsReplaced() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            daemon.run("backup", "s");
            Files.writeString(setup.live().resolve("new"), "new\n");
            daemon.run("backup", "s");
            spoilOneOf("index", 30);
            assertThat(daemon.run("backup", "s").exit()).isZero();
            assertThat(daemon.run(
                                    "restore",
                                    "latest",
                                    "--target",
                                    dir.resolve("back").toString(),
                                    "--verify")
                            .exit())
                    .isZero();
            Answer check = daemon.run("check");
            assertThat(check.out()).contains("warning  index file ", "cofre repair index r");
            assertThat(daemon.run("repair", "index", "r").exit()).isZero();
            assertThat(daemon.run("check", "--read-data").out())
                    .contains("No errors were found")
                    .doesNotContain("warning");
        }
    }

    @Test
    void aPointWhoseRecordIsGoneIsRecovered() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            daemon.run("backup", "s");
            Files.delete(setup.onlyOne("snapshots"));
            Answer refused = daemon.run("recover", "r");
            assertThat(refused.exit()).as("somebody took it away").isEqualTo(Exit.UNRECOGNISED);
            daemon.run("accept", "r");
            assertThat(daemon.run("recover", "r").out()).contains("1 repaired");
            Path target = dir.resolve("back");
            assertThat(daemon.run("restore", "latest", "--target", target.toString())
                            .exit())
                    .isZero();
            assertThat(daemon.run("repair").err()).contains("index, packs or snapshots");
        }
    }
}
