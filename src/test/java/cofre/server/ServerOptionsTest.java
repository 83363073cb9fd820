package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {
    private static final Path PATH = Path.of("repos");

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8000, 127.0.0.1, 8000, true",
        "localhost:0, localhost, 0, true",
        "[::1]:8000, ::1, 8000, true",
        ":8000, '', 8000, false",
        "0.0.0.0:8000, 0.0.0.0, 8000, false",
        "[::]:8000, ::, 8000, false",
        "192.0.2.1:65535, 192.0.2.1, 65535, false",
        "no-such-host.invalid:1, no-such-host.invalid, 1, false",
    })
    void readsAddresses(String text, String host, int port, boolean loopback) {
        ListenAddress address = ListenAddress.parse(text);
        assertThat(address).isEqualTo(new ListenAddress(host, port));
        assertThat(address.isLoopback()).isEqualTo(loopback);
        assertThat(address).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8000", "host", "host:", "host:x", "host:-1", "host:65536", "::1:8000", "unix:/run/x"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot listen on");
    }

    @Test
    void withoutAuthenticationOnlyLoopbackIsServedUnlessSaidExplicitly() {
        for (String open : new String[] {":8000", "0.0.0.0:8000", "[::]:8000", "192.0.2.1:8000"}) {
            ListenAddress address = ListenAddress.parse(open);
            assertThatThrownBy(() -> ServerOptions.of(address, PATH, AccessRules.open()))
                    .hasMessageContaining("without authentication");
            AccessRules anywhere = new AccessRules(Optional.empty(), Optional.empty(), true, true, false);
            assertThat(ServerOptions.of(address, PATH, anywhere).listen()).isEqualTo(address);
            assertThat(ServerOptions.of(address, PATH, AccessRules.htpasswd(PATH))
                            .listen())
                    .isEqualTo(address);
        }
        assertThat(ServerOptions.of(ListenAddress.parse("127.0.0.1:1"), PATH, AccessRules.open())
                        .access()
                        .noAuth())
                .isTrue();
    }

    @Test
    void exactlyOneWayOfAuthentication() {
        Optional<Path> file = Optional.of(PATH);
        Optional<ProxyHeader> header = Optional.of(new ProxyHeader("X-User", Set.of()));
        assertThatThrownBy(() -> new AccessRules(Optional.empty(), Optional.empty(), false, false, false))
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> new AccessRules(file, header, false, false, false))
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> new AccessRules(file, Optional.empty(), true, false, false))
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> new AccessRules(file, Optional.empty(), false, true, false))
                .hasMessageContaining("no-auth-anywhere");
        assertThatThrownBy(() -> AccessRules.open().withPrivateRepos()).hasMessageContaining("private");
    }

    @Test
    void refusesRulesThatMeanNothing() {
        assertThatThrownBy(() -> new Monitoring(false, true, Optional.empty())).hasMessageContaining("prometheus");
        assertThatThrownBy(() -> new StoreRules(false, true, true, false, OptionalLong.empty(), OptionalLong.empty()))
                .hasMessageContaining("append-only");
        StoreRules ownLocks = new StoreRules(true, true, true, false, OptionalLong.empty(), OptionalLong.empty());
        assertThatThrownBy(() -> ServerOptions.of(ListenAddress.parse("127.0.0.1:1"), PATH, AccessRules.open())
                        .with(ownLocks))
                .hasMessageContaining("whose lock");
        assertThatThrownBy(() -> StoreRules.standard().withQuota(OptionalLong.of(-1), OptionalLong.empty()))
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> new ProxyHeader("X User", Set.of())).hasMessageContaining("header name");
        assertThatThrownBy(() -> TlsFiles.TlsVersion.parse("1.1")).hasMessageContaining("expected 1.2 or 1.3");
    }
}
