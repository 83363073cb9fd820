package cofre.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to get one setting wrong: the line that is named, and what is said to be expected. */
class ConfigFaultTableTest {
    private static final String REPOSITORY = "[repository.r]\nurl = \"rest:https://h/\"\npassword_file = \"/p\"\n";
    private static final String SHARE = REPOSITORY + "[share.s]\nrepository = \"r\"\ndataset = \"tank/s\"\n";

    static Stream<Arguments> faults() {
        return Stream.of(
                row("[daemon\n", 1, "TOML"),
                row("a = 1\nb = \"x\n", 2, "TOML"),
                row("[daemon]\nlog_level = \"info\"\nlog_level = \"warn\"\n", 3, "TOML"),
                row("[daemon]\n[repository.r]\n[daemon]\n", 3, "TOML"),
                row("[demon]\n", 1, "did you mean daemon?"),
                row("daemon = 3\n", 1, "a table: [daemon]"),
                row("[daemon]\nstate_dir = \"var/db\"\n", 2, "an absolute path"),
                row("[daemon]\nstate_dir = 7\n", 2, "an absolute path"),
                row("[daemon]\nstate_dir = \"/a\\u0000b\"\n", 2, "an absolute path"),
                row("[daemon]\nsocket = \"/" + "x".repeat(103) + "\"\n", 2, "at most 103 bytes"),
                row("[daemon]\nsocket_group = \"a b\"\n", 2, "the name of a group"),
                row("[daemon]\ncache_size = \"1\"\n", 2, "a size such as"),
                row("[daemon]\ncache_size = 4096\n", 2, "a size such as"),
                row("[daemon]\ncache_size = \"1 MiB\"\n", 2, "from 16 MiB"),
                row("[daemon]\nstate_dir = \"/s\"\nprevious_dir = \"/s/previous\"\n", 3, "outside state_dir"),
                row("[daemon]\nkeep_daily = 3\n", 2, "one of cache_size, log_level"),
                row("[repository.\"a b\"]\nurl = \"/x\"\npassword_file = \"/p\"\n", 1, "a name of up to 64"),
                row("[repository]\nr = \"x\"\n", 2, "a table: [repository.r]"),
                row("[repository.r]\npassword_file = \"/p\"\n", 1, "rest:https://"),
                row(
                        "[repository.r]\nurl = \"rest:https://u@h/\"\npassword_file = \"/p\"\n",
                        2,
                        "user:password before the @"),
                row(
                        "[repository.r]\nurl = \"rest:https://u:p@h/\"\npassword_file = \"/p\"\ncredentials_file = \"/c\"\n",
                        4,
                        "not both"),
                row(
                        "[repository.r]\nurl = \"/x\"\npassword_file = \"/p\"\ncredentials_file = \"/c\"\n",
                        4,
                        "url is a directory"),
                row(
                        "[repository.r]\nurl = \"/x\"\npassword_file = \"/p\"\npassword_command = [\"/c\"]\n",
                        4,
                        "not both"),
                row("[repository.r]\nurl = \"/x\"\npassword_command = \"cat /p\"\n", 3, "a list: the absolute path"),
                row("[repository.r]\nurl = \"/x\"\npassword_command = []\n", 3, "a list: the absolute path"),
                row("[repository.r]\nurl = \"/x\"\npassword_command = [\"cat\"]\n", 3, "a list: the absolute path"),
                row("[repository.r]\nurl = \"/x\"\npassword_file = \"/p\"\nca_file = \"/c\"\n", 4, "url is not https"),
                row(REPOSITORY + "check_schedule = \"weekly 03:30\"\n", 4, "\"weekly sun 03:30\""),
                row(SHARE + "schedule = \"daily 25:00\"\n", 7, "00:00 to 23:59"),
                row(SHARE + "keep = {}\n", 7, "one or more"),
                row(SHARE + "keep = 7\n", 7, "a table: [share.s.keep]"),
                row(SHARE + "keep = { daily = 0 }\n", 7, "a whole number from 1"),
                row(SHARE + "keep = { daily = \"some\" }\n", 7, "or \"all\""),
                row(SHARE + "keep = { dayly = 7 }\n", 7, "did you mean daily?"),
                row(SHARE + "keep = { within = \"30 days\" }\n", 7, "such as \"1y6m\""),
                row(SHARE + "keep = { tags = \"a\" }\n", 7, "a list of tags"),
                row(SHARE + "schedule = 15\n", 7, "\"every 15 min\""),
                row("[daemon]\nschedule_jitter = \"2 h\"\n", 2, "from 0 s to 1 h"),
                row(REPOSITORY + "client_cert = \"/c\"\n", 1, "client_cert and client_key together"),
                row(REPOSITORY + "compression = \"fast\"\n", 4, "one of off, auto, fastest, better, max"),
                row(REPOSITORY + "pack_size = \"200 MiB\"\n", 4, "from 4 MiB to 128 MiB"),
                row(REPOSITORY + "pack_size = \"99999999999999999999 TiB\"\n", 4, "from 4 MiB to 128 MiB"),
                row(REPOSITORY + "connections = 0\n", 4, "a whole number from 1 to 64"),
                row(REPOSITORY + "connections = 5.5\n", 4, "a whole number from 1 to 64"),
                row(REPOSITORY + "timeout = \"1 sek\"\n", 4, "a time such as"),
                row(REPOSITORY + "retry_for = \"1000 d\"\n", 4, "to 24 h"),
                row("[share.s]\nrepository = \"r\"\ndirectory = \"/d\"\n", 2, "there is none"),
                row(REPOSITORY + "[share.s]\ndirectory = \"/d\"\n", 4, "one of r"),
                row(REPOSITORY + "[share.\"a/b\"]\nrepository = \"r\"\ndirectory = \"/d\"\n", 4, "a share name"),
                row(REPOSITORY + "[share.\"..\"]\nrepository = \"r\"\ndirectory = \"/d\"\n", 4, "a share name"),
                row(REPOSITORY + "[share.s]\nrepository = \"r\"\ndataset = \"tank/s@x\"\n", 6, "a dataset such as"),
                row(REPOSITORY + "[share.s]\nrepository = \"r\"\ndataset = \"-r\"\n", 6, "a dataset such as"),
                row(SHARE + "directory = \"/d\"\n", 7, "not both"),
                row(SHARE + "path = \"/tank/../etc\"\n", 7, "without . or .."),
                row(SHARE + "path = '/tank/\\y'\n", 7, "without . or .."),
                row(SHARE + "path = '/tank/\\xzz'\n", 7, "without . or .."),
                row(SHARE + "exclude = \"*.tmp\"\n", 7, "a list of patterns"),
                row(SHARE + "exclude = [\"a\",\n  3]\n", 7, "a list of patterns"),
                row(SHARE + "exclude = [\"a\",\n  \"b\"]\nfarm_max = 600\n", 9, "from 1 to 512"),
                row(SHARE + "previous_versions = \"yes\"\n", 7, "true or false"),
                row(SHARE + "local_points = -1\n", 7, "from 1 to 10000"),
                row(SHARE + "keep_local = { tags = [\"a\"] }\n", 7, "since ZFS snapshots have no tags"),
                row(
                        REPOSITORY + "[share.s]\nrepository = \"r\"\ndirectory = \"/d\"\nlocal_schedule = \"hourly\"\n",
                        7,
                        "since a plain directory has none"),
                row(SHARE + "keep_local = {}\n", 7, "one or more, such as"),
                row(
                        REPOSITORY + "[share.s]\nrepository = \"r\"\ndirectory = \"/d\"\nprevious_versions = true\n"
                                + "previous_repository = false\n",
                        8,
                        "true, since a directory"),
                row(SHARE + "previous_access = \"now\"\n", 7, "one of then, both"),
                row("[daemon]\nversions_refresh = \"1 s\"\n", 2, "10 s"),
                row(SHARE + "[share.S]\nrepository = \"r\"\ndataset = \"tank/t\"\n", 7, "SMB ignores case"),
                row(SHARE + "[share.t]\nrepository = \"r\"\ndataset = \"tank/s\"\n", 7, "a source of its own"),
                row(
                        SHARE
                                + "farm_dir = \"/f\"\n[share.t]\nrepository = \"r\"\ndataset = \"tank/t\"\nfarm_dir = \"/f\"\n",
                        11,
                        "not that of share.s"),
                row("x = \"" + "y".repeat(1 << 20) + "\"", 0, "at most 1048576"));
    }

    private static Arguments row(String text, int line, String expected) {
        return Arguments.of(text, line, expected);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesLineAndExpectedValue(String text, int line, String expected) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(text));
        assertThat(e)
                .as("fault in:\n" + text.substring(0, Math.min(400, text.length())))
                .isNotNull();
        assertThat(e.faults()).as(e.getMessage()).hasSize(1);
        assertThat(e.faults().get(0).line()).as(e.getMessage()).isEqualTo(line);
        assertThat(e.faults().get(0).expected()).contains(expected);
    }
}
