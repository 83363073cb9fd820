package cofre.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.testkit.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cofre key}, as a person uses it. */
@Timeout(120)
class KeyCommandsTest {
    private static final String SECOND = "canary-second-4be1";

    @TempDir
    private Path dir;

    private final List<String> said = new ArrayList<>();

    private Answer tell(DaemonInProcess daemon, String... args) {
        Answer answer = daemon.run(args);
        said.add(answer.out());
        said.add(answer.err());
        return answer;
    }

    @Test
    void aChangedPasswordIsUsedAtOnceAndTheConfigurationIsToFollow() throws Exception {
        LocalSetup setup = new LocalSetup(dir).writeFiles();
        Path fresh = DaemonInProcess.secret(dir.resolve("fresh"), SECOND + "\n");
        try (CapturedLog log = new CapturedLog();
                DaemonInProcess daemon = setup.daemon()) {
            assertThat(tell(daemon, "init").exit()).isZero();
            Answer changed = tell(daemon, "key", "passwd", "--new-password-file", fresh.toString());
            assertThat(changed.exit()).as(changed.err()).isZero();
            assertThat(changed.out()).contains("Put the new password into " + setup.passwordFile(), "now");
            assertThat(tell(daemon, "backup", "s").exit()).isZero(); // by the key it holds
            assertThat(tell(daemon, "key", "list").out()).containsPattern("(?m)^[0-9a-f]{8}  \\*");
            assertThat(tell(daemon, "key", "export").exit()).isZero();
            daemon.restart();
            assertThat(tell(daemon, "points").exit()).isEqualTo(12);
            DaemonInProcess.secret(setup.passwordFile(), SECOND + "\n");
            assertThat(tell(daemon, "points").exit()).isZero();
            Answer again = tell(daemon, "key", "passwd", "--new-password-file", fresh.toString());
            assertThat(again.out()).doesNotContain("Put the new password").contains("Print a new recovery sheet");
            said.addAll(log.lines());
        }
        assertThat(String.join("\n", said))
                .doesNotContain("canary", Base64.getEncoder().encodeToString((SECOND + "\n").getBytes(UTF_8)));
        assertThat(setup.stored("keys")).hasSize(1);
        assertThat(setup.stored("locks")).isEmpty();
    }

    @Test
    void keysComeAndGoButNeverTheOneInUse() throws Exception {
        LocalSetup setup = new LocalSetup(dir).writeFiles();
        Path fresh = DaemonInProcess.secret(dir.resolve("fresh"), SECOND);
        try (DaemonInProcess daemon = setup.daemon()) {
            tell(daemon, "init");
            String own = setup.onlyOne("keys").getFileName().toString();
            assertThat(tell(daemon, "key", "add", "--new-password-file", fresh.toString())
                            .exit())
                    .isZero();
            Answer refused = tell(daemon, "key", "remove", own);
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("is the one in use");
            String other = setup.stored("keys").stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(own))
                    .findFirst()
                    .orElseThrow();
            assertThat(tell(daemon, "key", "list", "--json").out()).contains(own, other);
            assertThat(tell(daemon, "key", "remove", other).exit()).isZero();
            assertThat(setup.onlyOne("keys").getFileName()).hasToString(own);
        }
    }

    @Test
    void aPasswordOthersCanReadOrNobodyGivesIsRefused() throws Exception {
        LocalSetup setup = new LocalSetup(dir).writeFiles();
        Path open = DaemonInProcess.secret(dir.resolve("open"), SECOND);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
        Path empty = DaemonInProcess.secret(dir.resolve("empty"), " \n");
        try (DaemonInProcess daemon = setup.daemon()) {
            tell(daemon, "init");
            assertThat(tell(daemon, "key", "add", "--new-password-file", open.toString())
                            .err())
                    .contains("mode 640 vs a file only its owner can read");
            assertThat(tell(daemon, "key", "add", "--new-password-file", empty.toString())
                            .exit())
                    .isEqualTo(2);
            assertThat(tell(
                                    daemon,
                                    "key",
                                    "passwd",
                                    "--new-password-file",
                                    dir.resolve("none").toString())
                            .err())
                    .contains("no such file");
            assertThat(tell(daemon, "key", "passwd").err()).contains("no terminal");
            setup.onlyOne("keys");
        }
    }

    @Test
    void theSheetIsPrintedAndWrittenWithoutAPasswordUnlessAskedFor() throws Exception {
        LocalSetup setup = new LocalSetup(dir).writeFiles();
        try (DaemonInProcess daemon = setup.daemon()) {
            tell(daemon, "init");
            String own = setup.onlyOne("keys").getFileName().toString();
            Answer sheet = tell(daemon, "key", "sheet");
            assertThat(sheet.out())
                    .contains(own, setup.repository().toString(), "It was in " + setup.passwordFile(), "share=s")
                    .contains(Files.readString(setup.onlyOne("keys")))
                    .doesNotContain("canary");
            assertThat(daemon.run("key", "sheet", "--with-password").out()).contains(LocalSetup.PASSWORD);
            Path pdf = dir.resolve("sheet.pdf");
            assertThat(tell(daemon, "key", "sheet", "--pdf", pdf.toString()).exit())
                    .isZero();
            assertThat(Files.readString(pdf, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .startsWith("%PDF-1.4");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pdf)))
                    .isEqualTo("rw-------");
            Path png = dir.resolve("key.png");
            tell(daemon, "key", "sheet", "--png", png.toString());
            assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
            Answer again = tell(daemon, "key", "sheet", "--png", png.toString());
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.err()).contains("is there already");
            DaemonInProcess.secret(setup.passwordFile(), "another");
            Path none = dir.resolve("none.pdf");
            assertThat(tell(daemon, "key", "sheet", "--pdf", none.toString()).exit())
                    .isEqualTo(12);
            assertThat(none).doesNotExist();
        }
        assertThat(String.join("\n", said)).doesNotContain("canary");
    }
}
