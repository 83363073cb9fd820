package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import cofre.testkit.TestAuthority;
import cofre.testkit.TornHttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Row N7 of the fault matrix: who is there is proved before a credential is sent. */
@Timeout(60)
final class RestTlsTest {
    private static final String TEXT = "0123456789";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.ISO_8859_1);
    private static final FileHandle FILE = StoreBytes.handle(FileType.INDEX, BYTES);

    @TempDir
    private static Path directory;

    private static TestAuthority ours;
    private static TestAuthority foreign;

    @BeforeAll
    static void makeAuthorities() throws Exception {
        ours = new TestAuthority(directory, "ours")
                .issue("server", "ip:127.0.0.1,dns:localhost")
                .issue("elsewhere", "dns:elsewhere.example")
                .issue("client", "dns:client");
        foreign = new TestAuthority(directory, "foreign")
                .issue("server", "ip:127.0.0.1,dns:localhost")
                .issue("client", "dns:client");
    }

    @Test
    void trustsTheAuthorityOfItsFile() throws Exception {
        try (TornHttpServer server = new TornHttpServer(ours.listen("server", false));
                RestBackend client = client(server, trusting(ours))) {
            byte[] large = StoreBytes.random(3 << 20, 1);
            server.thenAnswer(RestClient.ok(TEXT));
            server.then(with -> {
                assertThat(with.readBody()).isEqualTo(large);
                with.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                return true;
            });
            assertThat(client.get(FILE, 100)).isEqualTo(BYTES);
            client.put(RestClient.data(large), Payload.of(large));
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.heads().get(0)).contains("Authorization: Basic ");
        }
    }

    @Test
    void speaksTls12WhereThatIsAll() throws Exception {
        try (TornHttpServer server = new TornHttpServer(ours.listen("server", false, "TLSv1.2"));
                RestBackend client = client(server, trusting(ours))) {
            server.thenAnswer(RestClient.ok(TEXT));
            assertThat(client.get(FILE, 100)).isEqualTo(BYTES);
        }
    }

    @Test
    void hearsAnEarlyRefusalThroughTls() throws Exception {
        byte[] large = StoreBytes.random(4 << 20, 2);
        try (TornHttpServer server = new TornHttpServer(ours.listen("server", false));
                RestBackend client = client(server, trusting(ours))) {
            server.then(with -> {
                with.send("HTTP/1.1 507 Full\r\nContent-Length: 0\r\n\r\n");
                with.readBody();
                return false;
            });
            assertThatThrownBy(() -> client.put(RestClient.data(large), Payload.of(large)))
                    .isInstanceOf(BackendException.NoSpace.class);
        }
    }

    @Test
    void refusesAForeignCertificateBeforeItSendsAnything() throws Exception {
        assertRefused(foreign.listen("server", false), trusting(ours));
    }

    @Test
    void refusesACertificateOfTheJavaRuntimesChoiceOnly() throws Exception {
        assertRefused(ours.listen("server", false), RestTls.DEFAULT);
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        assertRefused(ours.listen("elsewhere", false), trusting(ours));
    }

    @Test
    void refusesOldTls() throws Exception {
        // A ServerHello that picks version 1.1 and a cipher suite of its time.
        byte[] hello =
                HexFormat.of().parseHex("160302002a" + "02000026" + "0302" + "5a".repeat(32) + "00" + "c013" + "00");
        assertRefused(new Blurting(hello), trusting(ours));
    }

    @Test
    void refusesAPlainAnswer() throws Exception {
        byte[] plain = "HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertRefused(new Blurting(plain), trusting(ours));
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        RestTls tls = new RestTls(
                Optional.of(ours.caFile()), Optional.of(ours.certificate("client")), Optional.of(ours.key("client")));
        try (TornHttpServer server = new TornHttpServer(ours.listen("server", true));
                RestBackend client = client(server, tls)) {
            server.thenAnswer(RestClient.ok(TEXT));
            assertThat(client.get(FILE, 100)).isEqualTo(BYTES);
        }
    }

    @Test
    void isRefusedWithoutItsOwnCertificate() throws Exception {
        assertRefused(ours.listen("server", true), trusting(ours));
    }

    @Test
    void isRefusedWithAForeignCertificateOfItsOwn() throws Exception {
        assertRefused(
                ours.listen("server", true),
                new RestTls(
                        Optional.of(ours.caFile()),
                        Optional.of(foreign.certificate("client")),
                        Optional.of(foreign.key("client"))));
    }

    @Test
    void takesCertificateAndKeyFromOneFile() throws Exception {
        Path both = Files.writeString(
                directory.resolve("both.pem"),
                Files.readString(ours.certificate("client")) + Files.readString(ours.key("client")));
        RestTls tls = new RestTls(Optional.of(ours.caFile()), Optional.of(both), Optional.of(both));
        try (TornHttpServer server = new TornHttpServer(ours.listen("server", true));
                RestBackend client = client(server, tls)) {
            server.thenAnswer(RestClient.ok(TEXT));
            assertThat(client.get(FILE, 100)).isEqualTo(BYTES);
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        Path missing = directory.resolve("missing.pem");
        assertRefusesFiles(new RestTls(Optional.of(empty), Optional.empty(), Optional.empty()), "empty.pem");
        assertRefusesFiles(new RestTls(Optional.of(missing), Optional.empty(), Optional.empty()), "missing.pem");
        Optional<Path> certificate = Optional.of(ours.certificate("client"));
        assertRefusesFiles(new RestTls(Optional.empty(), certificate, certificate), "openssl pkcs8");
        assertThatThrownBy(() -> new RestTls(Optional.empty(), certificate, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefusesFiles(RestTls tls, String words) {
        RestOptions options =
                RestOptions.parse("https://127.0.0.1/", Optional.empty()).withTls(tls);
        assertThatThrownBy(() -> new RestBackend(options, System::nanoTime))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private static void assertRefused(ServerSocket listener, RestTls tls) throws Exception {
        try (TornHttpServer server = new TornHttpServer(listener);
                RestBackend client = client(server, tls)) {
            assertThatThrownBy(() -> client.get(FILE, 100))
                    .isInstanceOf(BackendException.Refused.class)
                    .hasMessageContaining("TLS failed");
            assertThat(server.heads()).as("nothing was asked").isEmpty();
        }
    }

    private static RestTls trusting(TestAuthority authority) throws Exception {
        return new RestTls(Optional.of(authority.caFile()), Optional.empty(), Optional.empty());
    }

    private static RestBackend client(TornHttpServer server, RestTls tls) {
        String url = "https://user:secret@127.0.0.1:" + server.port() + "/";
        RestOptions options = RestOptions.parse(url, Optional.empty()).withTls(tls);
        return new RestBackend(options.withTimeouts(RestClient.PATIENT), System::nanoTime);
    }

    /** Sends the same bytes to everybody, unasked. */
    private static final class Blurting extends ServerSocket {
        private final byte[] bytes;

        Blurting(byte[] bytes) throws IOException {
            super(0, 5, InetAddress.getLoopbackAddress());
            this.bytes = bytes;
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = super.accept();
            socket.getOutputStream().write(bytes);
            return socket;
        }
    }
}
