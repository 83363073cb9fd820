package cofre.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofre.path.RawPath;
import cofre.retention.CalendarSpan;
import cofre.retention.Interval;
import cofre.retention.RetentionPolicy;
import cofre.retention.Rule;
import cofre.schedule.Schedule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    private static final String WHOLE = """
            [daemon]
            state_dir = "/s/state"
            previous_dir = "/s/previous"
            socket = "/s/sock"
            socket_group = "operator"
            zfs = "/usr/sbin/zfs"
            log_level = "debug"
            cache_size = "2 GiB"
            versions_cache = "4 GiB"
            schedule_jitter = "3 min"
            versions_refresh = "5 min"
            [repository.central]
            url = "rest:https://bob:s3cret@host:8000/bob"
            password_command = ["/bin/cat", "/p"]
            ca_file = "/ca"
            client_cert = "/cert"
            client_key = "/key"
            compression = "max"
            pack_size = "64 MiB"
            connections = 8
            timeout = "30 s"
            retry_for = "2 h"
            check_schedule = "weekly sun 03:30"
            forget_schedule = "daily 04:00"
            forget_most = 30
            forget_newest = "3 d"
            trash = "14 d"
            [repository.local]
            url = "/backup"
            password_file = "/pw"
            [share."Obras Públicas"]
            dataset = "tank/obras"
            path = '/tank/obras/caf\\xe9'
            repository = "central"
            keep = { last = 7, yearly = "all", within = "30d", within_hourly = "48h", tags = ["a,b"] }
            schedule = "daily 22:00"
            exclude = ["*.tmp"]
            farm_dir = "/farm/obras"
            farm_group = "obras"
            farm_max = 512
            previous_repository = false
            previous_access = "both"
            local_points = 10
            local_schedule = "every 15 min"
            keep_local = { hourly = 24 }
                change_detection = "diff"
                audit_days = 30
                audit_parts = 7
            [share.plain]
            directory = "/home/plain"
            repository = "local"
            """;

    @Test
    void readsEverySetting() throws ConfigException {
        CofreConfig config = ConfigReader.parse(WHOLE);
        assertThat(config.daemon())
                .isEqualTo(new DaemonSettings(
                        Path.of("/s/state"),
                        Path.of("/s/previous"),
                        Path.of("/s/sock"),
                        Optional.of("operator"),
                        Optional.of(Path.of("/usr/sbin/zfs")),
                        DaemonSettings.LogLevel.DEBUG,
                        2L << 30,
                        4L << 30,
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(5)));
        assertThat(config.repositories().get("central"))
                .isEqualTo(new RepositorySettings(
                        "central",
                        new RepositoryLocation.Rest(
                                URI.create("https://host:8000/bob/"),
                                Optional.of(new Secret("bob:s3cret")),
                                Optional.empty()),
                        new PasswordSource.Command(List.of("/bin/cat", "/p")),
                        new TlsFiles(
                                Optional.of(Path.of("/ca")),
                                Optional.of(Path.of("/cert")),
                                Optional.of(Path.of("/key"))),
                        RepositorySettings.Compression.MAX,
                        64L << 20,
                        8,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        new RepositoryCare(
                                Schedule.parse("weekly sun 03:30"),
                                Duration.ofDays(30),
                                new ForgetCare(
                                        Schedule.parse("daily 04:00"), 30, Duration.ofDays(3), Duration.ofDays(14)))));
        assertThat(config.shares().get("Obras Públicas"))
                .isEqualTo(new ShareSettings(
                        "Obras Públicas",
                        new ShareSource.Dataset("tank/obras", Optional.of(RawPath.ofDisplay("/tank/obras/caf\\xe9"))),
                        "central",
                        List.of("*.tmp"),
                        new PreviousVersions(
                                true,
                                RawPath.ofDisplay("/farm/obras"),
                                Optional.of("obras"),
                                512,
                                false,
                                PreviousVersions.Access.BOTH),
                        new LocalTier(
                                10,
                                Schedule.parse("every 15 min"),
                                Optional.of(RetentionPolicy.of(new Rule.Every(Interval.HOURLY, 24)))),
                        new ChangeSettings(ChangeSettings.Method.DIFF, 30, 7),
                        Schedule.parse("daily 22:00"),
                        Optional.of(RetentionPolicy.of(
                                new Rule.Last(7),
                                new Rule.Every(Interval.YEARLY, Rule.UNLIMITED),
                                new Rule.Within(new CalendarSpan(0, 0, 30, 0)),
                                new Rule.EveryWithin(Interval.HOURLY, new CalendarSpan(0, 0, 0, 48)),
                                new Rule.Tagged(List.of("a", "b"))))));
    }

    @Test
    void whoeverWaitsIsNotKeptByRetriesNorByATrickle() throws ConfigException {
        CofreConfig impatient = ConfigReader.parse(WHOLE).impatient(Duration.ofSeconds(10));
        RepositorySettings central = impatient.repositories().get("central");
        assertThat(central.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(central.longest()).isEqualTo(Duration.ofMinutes(5));
        assertThat(central.retryFor()).isZero();
        assertThat(impatient
                        .impatient(Duration.ofMinutes(1))
                        .repositories()
                        .get("central")
                        .timeout())
                .as("shorter stays")
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void fillsInWhatIsLeftOut() throws ConfigException {
        CofreConfig config = ConfigReader.parse("""
                [repository.r]
                url = "rest:http://host/"
                password_file = "/pw"
                [share.s]
                dataset = "tank/s"
                repository = "r"
                """);
        assertThat(config.daemon().socket()).isEqualTo(Path.of("/var/run/cofre/cofred.sock"));
        assertThat(config.repositories().get("r").packSize()).isEqualTo(16L << 20);
        assertThat(config.repositories().get("r").retryFor()).isEqualTo(Duration.ofMinutes(15));
        PreviousVersions farm = config.shares().get("s").previousVersions();
        assertThat(farm.farmDir()).isEqualTo(RawPath.ofDisplay("/var/db/cofre/previous/s"));
        assertThat(farm.enabled()).isTrue();
        assertThat(config.shares().get("s").local().most()).isEqualTo(96);
        assertThat(config.repositoryOf(config.shares().get("s")).name()).isEqualTo("r");
    }

    @Test
    void aDirectoryHasNoPreviousVersions() throws ConfigException {
        ShareSettings plain = ConfigReader.parse(WHOLE).shares().get("plain");
        assertThat(plain.source()).isEqualTo(new ShareSource.Directory(RawPath.ofDisplay("/home/plain")));
        assertThat(plain.previousVersions().enabled()).isFalse();
    }

    @Test
    void anEmptyFileIsAConfigurationWithoutShares() throws ConfigException {
        assertThat(ConfigReader.parse("").shares()).isEmpty();
    }

    @Test
    void keepsTheOrderOfTheFile() throws ConfigException {
        assertThat(ConfigReader.parse(WHOLE).repositories().keySet()).containsExactly("central", "local");
        assertThat(ConfigReader.parse(WHOLE).shares().keySet()).containsExactly("Obras Públicas", "plain");
    }

    @Test
    void neverShowsThePasswordOfAUrl() throws ConfigException {
        assertThat(ConfigReader.parse(WHOLE).toString())
                .doesNotContain("s3cret")
                .contains("***");
        for (String url : List.of(
                "rest:ftp://u:s3cret@h/",
                "rest:https://u:s3cret@h/?q",
                "rest:https://u:s3/cret@ h",
                "http://u:s3cret@h/")) {
            assertThatThrownBy(() -> ConfigReader.parse("[repository.r]\npassword_file='/p'\nurl = \"" + url + "\"\n"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("***@")
                    .hasMessageNotContaining("s3");
        }
    }

    @Test
    void listsEveryFaultInTheOrderOfTheFile() {
        String text = """
                [daemon]
                log_level = "loud"
                [repository.r]
                url = "central"
                pack_sise = "16 MiB"
                [share.s]
                repository = "q"
                """;
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(text));
        assertThat(e.faults())
                .extracting(ConfigFault::toString)
                .containsExactly(
                        "line 2: cannot use daemon.log_level: \"loud\" vs one of error, warn, info, debug",
                        "line 3: cannot use repository.r.password_file: nothing vs password_file or password_command",
                        "line 4: cannot use repository.r.url: \"central\" vs rest:https://host:port/path/, rest:http://host:port/path/ or an absolute path",
                        "line 5: cannot use repository.r.pack_sise: an unknown name vs did you mean pack_size?",
                        "line 6: cannot use share.s.dataset: nothing vs dataset or directory",
                        "line 7: cannot use share.s.repository: \"q\" vs one of r");
    }
}
