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
            assertThat(again.exit()).as(again.out()).isZero();
            assertThat(again.out()).contains("warning  pack ");
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
}
