package cofre.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
    @TempDir
    private Path dir;

    private int uid;
    private Path secret;

    @BeforeEach
    void writeSecret() throws IOException {
        secret = file("password", "rw-------");
        uid = (Integer) Files.getAttribute(secret, "unix:uid");
    }

    @Test
    void acceptsASecretOnlyItsOwnerCanRead() throws Exception {
        assertThat(load("password_file = \"" + secret + "\"\n").repositories()).containsKey("r");
    }

    @Test
    void refusesASecretOthersCanRead() throws IOException {
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> load("password_file = \"" + secret + "\"\n"))
                    .as(mode)
                    .hasMessageContaining("line 3: cannot use repository.r.password_file: mode 6")
                    .hasMessageContaining("chmod 600 " + secret);
        }
    }

    @Test
    void refusesMaintenanceCredentialsOthersCanRead() throws IOException {
        Path file = file("maintenance", "rw-r-----");
        assertThatThrownBy(() ->
                        load("password_file = \"" + secret + "\"\nmaintenance_credentials_file = \"" + file + "\"\n"))
                .hasMessageContaining("line 4: cannot use repository.r.maintenance_credentials_file: mode 640")
                .hasMessageContaining("chmod 600 " + file);
        assertThatThrownBy(() -> load("password_file = \"" + secret + "\"\nmaintenance_url = \"rest:https://h2/\"\n"
                        + "credentials_file = \"" + file + "\"\n"))
                .hasMessageContaining("line 5: cannot use repository.r.credentials_file")
                .hasMessageNotContaining("maintenance_credentials_file");
    }

    @Test
    void refusesASecretOfSomebodyElse() throws IOException {
        assumeTrue(uid == 0, "only root can give a file away");
        Files.setAttribute(secret, "unix:uid", 12_345);
        assertThatThrownBy(() -> load("password_file = \"" + secret + "\"\n"))
                .hasMessageContaining("owner uid 12345 vs owner root or uid 0");
        assertThatThrownBy(() -> files(54_321).load(config("password_file = \"" + secret + "\"\n")))
                .hasMessageContaining("owner uid 12345 vs owner root or uid 54321");
    }

    @Test
    void refusesAPatternNobodyCanUnderstand() {
        assertThatThrownBy(() -> load("password_file = \"" + secret
                        + "\"\n[share.s]\ndirectory = \"/s\"\nrepository = \"r\"\n"
                        + "exclude = [\"*.tmp\", \"bad pattern\"]\n"))
                .hasMessageContaining("line 7: cannot use share.s.exclude: \"bad pattern\" vs a name or path");
    }

    private static ConfigFiles files(int ownUid) {
        return new ConfigFiles(ownUid, pattern -> !pattern.startsWith("bad"));
    }

    @Test
    void namesEveryMissingFile() {
        assertThatThrownBy(() ->
                        load("password_file = \"/no/pw\"\ncredentials_file = \"/no/cred\"\nca_file = \"/no/ca\"\n"))
                .hasMessageContaining("line 3: cannot use repository.r.password_file: no file /no/pw")
                .hasMessageContaining("line 4: cannot use repository.r.credentials_file: no file /no/cred")
                .hasMessageContaining("line 5: cannot use repository.r.ca_file: no file /no/ca");
    }

    @Test
    void refusesADirectoryAsSecret() {
        assertThatThrownBy(() -> load("password_file = \"" + dir + "\"\n")).hasMessageContaining("is no file");
    }

    @Test
    void refusesAProgramOthersCanChange() throws IOException {
        Path program = file("program", "rwxrwxr-x");
        assertThatThrownBy(() -> load("password_command = [\"" + program + "\"]\n"))
                .hasMessageContaining("mode 775")
                .hasMessageContaining("a program only its owner can change");
    }

    @Test
    void refusesAConfigurationOthersCanWrite() throws IOException {
        Path file = config("password_file = \"" + secret + "\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> files(uid).load(file)).hasMessageContaining("chmod go-w");
    }

    @Test
    void refusesAReadableConfigurationWithAPasswordInAUrl() throws Exception {
        String text = "[repository.r]\nurl = \"rest:https://u:pw@h/\"\npassword_file = \"" + secret + "\"\n";
        Path file = Files.writeString(dir.resolve("cofre.toml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> files(uid).load(file))
                .hasMessageContaining("a url in it holds a password")
                .hasMessageNotContaining("pw@");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(files(uid).load(file).repositories()).containsKey("r");
    }

    @Test
    void saysSoWhenThereIsNoConfigurationOrItIsNoText() throws IOException {
        assertThatThrownBy(() -> files(uid).load(dir.resolve("none"))).hasMessageContaining("no file");
        Path bytes = Files.write(dir.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> files(uid).load(bytes)).hasMessageContaining("a readable text in UTF-8");
    }

    private CofreConfig load(String lines) throws ConfigException, IOException {
        return files(uid).load(config(lines));
    }

    private Path config(String lines) throws IOException {
        Path file = Files.writeString(dir.resolve("cofre.toml"), "[repository.r]\nurl = \"rest:https://h/\"\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private Path file(String name, String mode) throws IOException {
        Path file = Files.writeString(dir.resolve(name), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }
}
