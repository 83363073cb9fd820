package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private Path file;

    /** Wall clock and monotonic clock in one, moved by hand. */
    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        long nanos() {
            return Duration.between(Instant.EPOCH, now).toNanos();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void writeUsers() throws Exception {
        file = folder.resolve("htpasswd");
        TestUsers.write(file, Map.of("ana", "secret", "eva", "other"));
    }

    private Authenticator authenticator() throws ServerException {
        return new HtpasswdAuthenticator(
                new HtpasswdFile(file, clock),
                new VerifiedCredentials(new byte[32], clock::nanos),
                new FailureLimiter(clock::nanos),
                2);
    }

    private static Authenticator.Claims claims(String user, String password, String peer) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return header("Authorization", "Basic " + pair, peer);
    }

    private static Authenticator.Claims header(String name, String value, String peer) {
        return new Authenticator.Claims() {
            @Override
            public String header(String asked) {
                return asked.equals(name) ? value : null;
            }

            @Override
            public InetAddress peer() {
                try {
                    return InetAddress.getByName(peer);
                } catch (java.net.UnknownHostException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    @Test
    void knowsEveryFormOfHash() throws Exception {
        String bcrypt = TestUsers.bcrypt("secret");
        Files.writeString(
                file,
                "# comment\n\ny:" + bcrypt + "\na:" + bcrypt.replace("$2y$", "$2a$") + "\nb:"
                        + bcrypt.replace("$2y$", "$2b$") + "\ns:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\r\n");
        for (String user : new String[] {"y", "a", "b", "s"}) {
            assertThat(authenticator().authenticate(claims(user, "secret", "10.0.0.1")))
                    .isEqualTo(new Authenticator.Accepted(user));
            assertThat(authenticator().authenticate(claims(user, "Secret", "10.0.0.1")))
                    .isEqualTo(new Authenticator.Unknown());
        }
    }

    @Test
    void leavesOutLinesItCannotTrust() throws Exception {
        Files.writeString(
                file,
                "plain:secret\ncrypt:rl.3StKT.4T8M\nmd5:$apr1$abc$def\nno colon\n:nobody\na/b:" + TestUsers.bcrypt("x")
                        + "\n../up:" + TestUsers.bcrypt("x") + "\nana:" + TestUsers.bcrypt("secret") + "\n");
        for (String user : new String[] {"plain", "crypt", "md5", "", "a/b", "../up"}) {
            assertThat(authenticator().authenticate(claims(user, "x", "10.0.0.1")))
                    .isEqualTo(new Authenticator.Unknown());
            assertThat(authenticator().authenticate(claims(user, "secret", "10.0.0.1")))
                    .isEqualTo(new Authenticator.Unknown());
        }
        assertThat(authenticator().authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
    }

    @Test
    void passwordsMayHoldColonsAndMoreThanBcryptReads() throws Exception {
        String odd = "a:b:ç" + "x".repeat(100);
        Files.writeString(
                file,
                "ana:" + TestUsers.bcrypt("a:b:c") + "\neva:{SHA}"
                        + Base64.getEncoder()
                                .encodeToString(java.security.MessageDigest.getInstance("SHA-1")
                                        .digest(odd.getBytes(StandardCharsets.UTF_8))));
        assertThat(authenticator().authenticate(claims("ana", "a:b:c", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        assertThat(authenticator().authenticate(claims("eva", odd, "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("eva"));
        assertThat(authenticator().authenticate(claims("ana", odd, "10.0.0.1"))).isEqualTo(new Authenticator.Unknown());
    }

    @Test
    void readsAChangedFileWithinThirtySeconds() throws Exception {
        Authenticator authenticator = authenticator();
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        TestUsers.write(file, Map.of("ana", "changed"));
        clock.pass(Duration.ofSeconds(30));
        assertThat(authenticator.authenticate(claims("ana", "changed", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        // Also the remembered password is worth nothing any more.
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Unknown());
        assertThat(authenticator.authenticate(claims("eva", "other", "10.0.0.1")))
                .isEqualTo(new Authenticator.Unknown());
    }

    @Test
    void keepsTheUsersWhenTheFileIsGoneOrUnsafe() throws Exception {
        Authenticator authenticator = authenticator();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        clock.pass(Duration.ofSeconds(31));
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        Files.delete(file);
        clock.pass(Duration.ofMinutes(2));
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
    }

    @Test
    void doesNotStartWithAMissingOrUnsafeFile() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(this::authenticator)
                .isInstanceOf(ServerException.BadPasswordFile.class)
                .hasMessageContaining("chmod o-w");
        Files.delete(file);
        assertThatThrownBy(this::authenticator)
                .isInstanceOf(ServerException.BadPasswordFile.class)
                .hasMessageContaining("htpasswd -B -c");
    }

    @Test
    void slowsGuessingDownForTheAttackedUserOnly() throws Exception {
        Authenticator authenticator = authenticator();
        assertThat(authenticator.authenticate(claims("eva", "other", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("eva"));
        for (int i = 0; i < FailureLimiter.BURST; i++) {
            assertThat(authenticator.authenticate(claims("ana", "guess" + i, "10.0.0.1")))
                    .isEqualTo(new Authenticator.Unknown());
        }
        // Even the right password waits, or guessing would go on unseen.
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Throttled());
        assertThat(authenticator.authenticate(claims("eva", "other", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("eva"));
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.2")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        clock.pass(Duration.ofSeconds(FailureLimiter.REFILL_SECONDS));
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
    }

    @Test
    void aRememberedPasswordIsNotThrottledForAMinute() throws Exception {
        Authenticator authenticator = authenticator();
        authenticator.authenticate(claims("ana", "secret", "10.0.0.1"));
        for (int i = 0; i < FailureLimiter.BURST; i++) {
            authenticator.authenticate(claims("ana", "guess" + i, "10.0.0.1"));
        }
        assertThat(authenticator.authenticate(claims("ana", "secret", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
    }

    @Test
    void inventedNamesShareOneCount() throws Exception {
        Authenticator authenticator = authenticator();
        for (int i = 0; i < FailureLimiter.BURST; i++) {
            authenticator.authenticate(claims("nobody" + i, "x", "2001:db8:1:2::" + i));
        }
        assertThat(authenticator.authenticate(claims("another", "x", "2001:db8:1:2:ffff::1")))
                .isEqualTo(new Authenticator.Throttled());
        assertThat(authenticator.authenticate(claims("another", "x", "2001:db8:1:3::1")))
                .isEqualTo(new Authenticator.Unknown());
    }

    @Test
    void brokenHeadersAreNobody() throws Exception {
        Authenticator authenticator = authenticator();
        for (String value : new String[] {"", "Basic", "Basic ", "Basic !!!", "Basic YW5h", "Bearer x", "basic"}) {
            assertThat(authenticator.authenticate(header("Authorization", value, "10.0.0.1")))
                    .as(value)
                    .isEqualTo(new Authenticator.Unknown());
        }
    }

    @Test
    void theProxyHeaderCountsOnlyFromTheProxy() throws Exception {
        Authenticator local = OtherAuthenticators.proxy(new ProxyHeader("X-Remote-User", Set.of()));
        assertThat(local.authenticate(header("X-Remote-User", "ana", "127.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        assertThat(local.authenticate(header("X-Remote-User", "ana", "10.0.0.1")))
                .isEqualTo(new Authenticator.Unknown());
        assertThat(local.authenticate(header("X-Remote-User", " ", "127.0.0.1")))
                .isEqualTo(new Authenticator.Unknown());
        assertThat(local.authenticate(header("Other", "ana", "127.0.0.1"))).isEqualTo(new Authenticator.Unknown());
        Authenticator remote =
                OtherAuthenticators.proxy(new ProxyHeader("X-Remote-User", Set.of(InetAddress.getByName("10.0.0.1"))));
        assertThat(remote.authenticate(header("X-Remote-User", "ana", "10.0.0.1")))
                .isEqualTo(new Authenticator.Accepted("ana"));
        assertThat(remote.authenticate(header("X-Remote-User", "ana", "127.0.0.1")))
                .isEqualTo(new Authenticator.Unknown());
    }
}
