package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.storage.local.LocalBackend;
import cofre.storage.rest.Credentials;
import cofre.storage.rest.RestBackend;
import cofre.storage.rest.RestOptions;
import cofre.storage.rest.RestTls;
import cofre.testkit.RealRestServer;
import cofre.testkit.StoreBytes;
import cofre.testkit.TestAuthority;
import cofre.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("interop")
final class StorageInteropTest {
    private static final byte[] BYTES = StoreBytes.random(5000, 1);
    private static final FileHandle DATA = StoreBytes.handle(FileType.DATA, BYTES);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"restic-0.14", "restic-0.18"})
    void resticOpensAStoreThatCofreCopied(String restic) throws Exception {
        Path source = Files.createDirectory(temporary.resolve("source"));
        for (int i = 0; i < 20; i++) {
            Files.write(source.resolve("file" + i), StoreBytes.random(200_000, i));
        }
        Path theirs = temporary.resolve("theirs");
        run(restic, theirs, "init");
        run(restic, theirs, "backup", source.toString());
        Path ours = temporary.resolve("ours");
        try (Backend from = new LocalBackend(theirs, Clock.systemUTC());
                Backend to = new LocalBackend(ours, Clock.systemUTC())) {
            to.create();
            copy(from, to);
        }
        run(restic, ours, "check", "--read-data");
        Path target = temporary.resolve("target");
        run(restic, ours, "restore", "latest", "--target", target.toString());
        for (int i = 0; i < 20; i++) {
            Path restored = target.resolve(source.getRoot().relativize(source)).resolve("file" + i);
            assertThat(Files.readAllBytes(restored)).isEqualTo(StoreBytes.random(200_000, i));
        }
        // And it goes on writing into folders which are not there yet.
        Files.write(source.resolve("more"), StoreBytes.random(300_000, 99));
        run(restic, ours, "backup", source.toString());
        run(restic, ours, "check", "--read-data");
    }

    @Test
    void realServerAsksForThePassword() throws Exception {
        Path served = Files.createDirectory(temporary.resolve("served"));
        // {SHA} of "geheim%/@ç", as rest-server reads it.
        byte[] digest = java.security.MessageDigest.getInstance("SHA-1")
                .digest("geheim%/@ç".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.writeString(
                served.resolve(".htpasswd"),
                "sector:{SHA}" + java.util.Base64.getEncoder().encodeToString(digest) + "\n");
        try (RealRestServer server = RealRestServer.start(served, "--private-repos", "--append-only")) {
            String url = server.url().replace("http://", "http://sector:geheim%25%2F%40%C3%A7@") + "sector/a";
            try (Backend client = client(RestOptions.parse(url, Optional.empty()))) {
                client.create();
                client.put(DATA, Payload.of(BYTES));
                assertThat(client.get(DATA, 5000)).isEqualTo(BYTES);
                assertThatThrownBy(() -> client.delete(DATA)).isInstanceOf(BackendException.Refused.class);
                FileHandle lock = StoreBytes.handle(FileType.LOCKS, BYTES);
                client.put(lock, Payload.of(BYTES));
                client.delete(lock);
            }
            assertRefuses(server.url() + "sector/a", Optional.empty());
            assertRefuses(server.url() + "sector/a", Optional.of(new Credentials("sector", "wrong")));
            assertRefuses(server.url() + "other/a", Optional.of(new Credentials("sector", "geheim%/@ç")));
        }
    }

    @Test
    void realServerIsFull() throws Exception {
        Path served = Files.createDirectory(temporary.resolve("served"));
        try (RealRestServer server = RealRestServer.start(served, "--no-auth", "--max-size", "3000000");
                Backend client = client(RestOptions.parse(server.url() + "r", Optional.empty()))) {
            client.create();
            byte[] large = StoreBytes.random(16 << 20, 2);
            FileHandle file = StoreBytes.handle(FileType.DATA, large);
            assertThatThrownBy(() -> client.put(file, Payload.of(large))).isInstanceOf(BackendException.NoSpace.class);
            assertThatThrownBy(() -> client.size(file)).isInstanceOf(BackendException.NotFound.class);
        }
    }

    @Test
    void realServerNoticesDamageOnTheWay() throws Exception {
        Path served = Files.createDirectory(temporary.resolve("served"));
        try (RealRestServer server = RealRestServer.start(served, "--no-auth");
                Backend client = client(RestOptions.parse(server.url() + "r", Optional.empty()))) {
            client.create();
            byte[] damaged = BYTES.clone();
            damaged[17] ^= 1;
            assertThatThrownBy(() -> client.put(DATA, Payload.of(damaged)))
                    .isInstanceOf(BackendException.TransferDamage.class);
            assertThatThrownBy(() -> client.size(DATA)).isInstanceOf(BackendException.NotFound.class);
            client.put(DATA, Payload.of(BYTES));
        }
    }

    @Test
    void realServerSpeaksTls() throws Exception {
        Path served = Files.createDirectory(temporary.resolve("served"));
        TestAuthority authority = new TestAuthority(temporary, "ours").issue("server", "ip:127.0.0.1");
        try (RealRestServer server = RealRestServer.start(
                        served,
                        "--no-auth",
                        "--tls",
                        "--tls-cert",
                        authority.certificate("server").toString(),
                        "--tls-key",
                        authority.key("server").toString());
                Backend client = client(RestOptions.parse("https://127.0.0.1:" + server.port() + "/r", Optional.empty())
                        .withTls(new RestTls(Optional.of(authority.caFile()), Optional.empty(), Optional.empty())))) {
            client.create();
            byte[] large = StoreBytes.random(16 << 20, 3);
            FileHandle file = StoreBytes.handle(FileType.DATA, large);
            client.put(file, Payload.of(large));
            assertThat(client.get(file, large.length)).isEqualTo(large);
            assertThatThrownBy(() -> client.put(file, Payload.of(large)))
                    .isInstanceOf(BackendException.AlreadyExists.class);
            assertThatThrownBy(() -> client(RestOptions.parse(server.url() + "r", Optional.empty()))
                            .size(file))
                    .as("plain HTTP to a TLS port")
                    .isInstanceOf(BackendException.Refused.class);
        }
    }

    private static void assertRefuses(String url, Optional<Credentials> credentials) {
        try (Backend client = client(RestOptions.parse(url, credentials))) {
            assertThatThrownBy(() -> client.get(DATA, 5000)).isInstanceOf(BackendException.Refused.class);
            assertThatThrownBy(() -> client.list(FileType.DATA, info -> {}))
                    .isInstanceOf(BackendException.Refused.class);
            assertThatThrownBy(client::create).isInstanceOf(BackendException.Refused.class);
        }
    }

    private static Backend client(RestOptions options) {
        return new RestBackend(options, System::nanoTime);
    }

    private static void copy(Backend from, Backend to) throws BackendException {
        for (FileType type : FileType.values()) {
            List<FileInfo> files = new ArrayList<>();
            from.list(type, files::add);
            for (FileInfo file : files) {
                FileHandle handle = type == FileType.CONFIG ? FileHandle.CONFIG : new FileHandle(type, file.name());
                to.put(handle, Payload.of(from.get(handle, file.size())));
            }
        }
    }

    private void run(String restic, Path repository, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Tools.find(restic).toString(), "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        Path log = temporary.resolve("restic.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("RESTIC_PASSWORD", "test-only");
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(command + "\n" + Files.readString(log))
                .isTrue();
    }
}
