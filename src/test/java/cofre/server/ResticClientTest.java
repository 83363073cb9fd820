package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.server.TlsFiles.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real restic works with our server from init to prune. */
@Tag("interop")
class ResticClientTest {
    @TempDir
    Path scratch;

    private Path source;
    private Path folder;
    private Path log;

    @BeforeEach
    void makeFiles() throws Exception {
        folder = scratch.resolve("repos");
        log = scratch.resolve("access.log");
        source = Files.createDirectories(scratch.resolve("source/deep/er"))
                .getParent()
                .getParent();
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            byte[] content = new byte[random.nextInt(300_000)];
            random.nextBytes(content);
            Files.write(source.resolve("deep/file-" + i), content);
        }
        byte[] large = new byte[20 << 20];
        random.nextBytes(large);
        Files.write(source.resolve("deep/er/large"), large);
    }

    private ServerOptions open() {
        return ServerOptions.of(OwnServer.ANY_PORT, folder, AccessRules.open());
    }

    private ServerOptions logged() {
        return open().with(new Monitoring(false, false, Optional.of(log)));
    }

    private Restic restic(String version, OwnServer server, String repo) {
        return Restic.of(version, server.address() + repo, scratch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void backsUpChecksRestoresAndPrunes(String version) throws Exception {
        try (OwnServer server = OwnServer.start(open())) {
            Restic restic = restic(version, server, "host/share/");
            restic.run("init");
            restic.run("backup", source.toString());
            Map<String, byte[]> first = content(source);
            Files.delete(source.resolve("deep/er/large"));
            Files.writeString(source.resolve("deep/new"), "new");
            restic.run("backup", source.toString());
            restic.run("check", "--read-data");
            assertRestored(restic, content(source));
            assertThat(restic.run("forget", "--keep-last", "1", "--prune")).contains("remove 1 snapshots");
            restic.run("check", "--read-data");
            assertRestored(restic, content(source));
            assertThat(first).isNotEqualTo(content(source));
            assertThat(restic.run("list", "locks")).isEmpty();
        }
        // The folder is a repository of its own for restic without any server.
        Restic local = Restic.local(version, folder.resolve("host/share"), scratch);
        assertThat(local.run("check", "--read-data")).contains("no errors were found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void appendOnlyAllowsBackupsAndRefusesForget(String version) throws Exception {
        try (OwnServer server =
                OwnServer.start(logged().with(StoreRules.standard().withAppendOnly()))) {
            Restic restic = restic(version, server, "r/");
            restic.run("init");
            restic.run("backup", source.toString());
            Files.writeString(source.resolve("deep/new"), "new");
            restic.run("backup", source.toString());
            restic.killWhenLogged(log, "DELETE /r/snapshots/[0-9a-f]+ HTTP/1.1. 403", "forget", "--keep-last", "1");
            restic.run("unlock", "--remove-all");
            assertThat(restic.run("snapshots", "--json").split("\"short_id\"", -1))
                    .hasSize(3);
            restic.run("check", "--read-data");
            assertRestored(restic, content(source));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void usersHavePrivateRepositoriesOverTls(String version) throws Exception {
        TestCertificate certificate = TestCertificate.make(scratch, "server", TestCertificate.KeyForm.PKCS8_EC);
        Files.setPosixFilePermissions(certificate.key(), PosixFilePermissions.fromString("rw-------"));
        Path users = TestUsers.write(scratch.resolve("htpasswd"), Map.of("ana", "1", "eva", "2"));
        ServerOptions options = ServerOptions.of(
                        OwnServer.ANY_PORT, folder, AccessRules.htpasswd(users).withPrivateRepos())
                .with(new TlsFiles(certificate.certificate(), certificate.key(), TlsVersion.TLS_1_2));
        try (OwnServer server = OwnServer.start(options)) {
            String authority = server.address().getRawAuthority();
            Restic ana = Restic.of(version, "https://ana:1@" + authority + "/ana/r/", scratch)
                    .with("--cacert", certificate.certificate().toString());
            ana.run("init");
            ana.run("backup", source.toString());
            ana.run("check", "--read-data");
            assertRestored(ana, content(source));
            for (String intruder : new String[] {"eva:2@", "ana:wrong@", ""}) {
                Restic other = Restic.of(version, "https://" + intruder + authority + "/ana/r/", scratch)
                        .with("--cacert", certificate.certificate().toString());
                Restic.Result result = other.attempt("snapshots", "--no-lock");
                assertThat(result.exit()).isNotZero();
                assertThat(result.output()).contains("401");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void aFullServerStopsTheBackupAndKeepsWhatItHas(String version) throws Exception {
        Path small = Files.createDirectories(scratch.resolve("small"));
        Files.writeString(small.resolve("file"), "small");
        try (OwnServer server = OwnServer.start(open())) {
            Restic restic = restic(version, server, "r/");
            restic.run("init");
            restic.run("backup", small.toString());
        }
        long used = Usage.measure(folder).total();
        StoreRules rules = StoreRules.standard()
                .withQuota(java.util.OptionalLong.of(used + (5 << 20)), java.util.OptionalLong.empty());
        try (OwnServer server = OwnServer.start(logged().with(rules))) {
            Restic restic = restic(version, server, "r/");
            // Both versions would try again for a quarter of an hour.
            restic.killWhenLogged(log, "POST /r/data/[0-9a-f]+ HTTP/1.1. 507", "backup", source.toString());
            restic.run("unlock", "--remove-all");
            restic.run("check", "--read-data");
            assertThat(restic.run("ls", "latest")).contains("/small/file");
        }
    }

    private void assertRestored(Restic restic, Map<String, byte[]> expected) throws Exception {
        Path target = Files.createTempDirectory(scratch, "restored");
        restic.run("restore", "latest", "--target", target.toString());
        Map<String, byte[]> actual = content(target.resolve(source.toString().substring(1)));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    }

    private static Map<String, byte[]> content(Path root) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }
}
