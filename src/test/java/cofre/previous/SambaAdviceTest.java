package cofre.previous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SambaAdviceTest {
    /** As testparm 4.22 prints it: tabs, names capitalised as in the manual, blanks around the equals sign. */
    private static final String GOOD = """
            # Global parameters
            [global]
            \tinterfaces = lo
            \tstate directory = /tmp/smb/state
            \tidmap config * : backend = tdb


            [Data]
            \tpath = /tank/s
            \tread only = No
            \tvfs objects = shadow_copy2 acl_xattr
            \tshadow:format = rp-%Y%m%dT%H%M%SZ
            \tshadow:basedir = /tank/s
            \tshadow:snapdir = /var/db/cofre/previous/data
            \tshadow:sort = desc
            """;

    private final SambaAdvice advice = new SambaAdvice(share("data", "/tank/s"));

    @Test
    void printsTheLinesThatTheCheckAccepts() {
        List<String> lines = advice.lines(Optional.empty());

        assertThat(lines)
                .containsExactly(
                        "[data]",
                        "    path = /tank/s",
                        "    vfs objects = shadow_copy2",
                        "    shadow:snapdir = /var/db/cofre/previous/data",
                        "    shadow:basedir = /tank/s",
                        "    shadow:format = rp-%Y%m%dT%H%M%SZ");
        assertThat(advice.check(SmbConf.parse(String.join("\n", lines)))).isEmpty();
    }

    @Test
    void keepsTheModulesAShareHas() {
        SmbConf inShare = SmbConf.parse("[data]\nvfs objects = acl_xattr, streams_xattr\n");
        SmbConf inGlobal = SmbConf.parse("[global]\nVFS Objects = zfsacl shadow_copy\n[data]\n");

        assertThat(advice.lines(Optional.of(inShare)).get(2))
                .isEqualTo("    vfs objects = shadow_copy2 acl_xattr streams_xattr");
        assertThat(advice.lines(Optional.of(inGlobal)).get(2)).isEqualTo("    vfs objects = shadow_copy2 zfsacl");
        assertThat(advice.lines(Optional.of(SmbConf.parse(GOOD))).get(2))
                .isEqualTo("    vfs objects = shadow_copy2 acl_xattr");
    }

    @Test
    void findsNothingWrongWithAGoodConfiguration() {
        assertThat(advice.check(SmbConf.parse(GOOD))).isEmpty();
        assertThat(advice.check(
                        SmbConf.parse(GOOD.replace("/tank/s\n", "/tank/s/\n").replace("\n", "\r\n"))))
                .isEmpty();
        assertThat(advice.check(SmbConf.parse(GOOD.replace("shadow:format", "SHADOW : Format"))))
                .isEmpty();
        assertThat(advice.check(SmbConf.parse(GOOD.replace("\tvfs objects", "\tguest ok")
                        .replace("interfaces = lo", "vfs objects = shadow_copy2"))))
                .isEmpty();
        assertThat(advice.check(SmbConf.parse(GOOD + "\tshadow:localtime = No\n\tshadow:snapprefix =\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shadow:format = rp-%Y%m%dT%H%M%SZ | shadow:format = auto-%Y.%m.%d | "
                        + "shadow:format is auto-%Y.%m.%d vs rp-%Y%m%dT%H%M%SZ; set in [data]: shadow:format = rp-%Y%m%dT%H%M%SZ",
                "shadow:format = rp | x = rp | shadow:format is not set vs rp-%Y",
                "shadow:snapdir = /var/db/cofre/previous/data | shadow:snapdir = .zfs/snapshot | "
                        + "shadow:snapdir is .zfs/snapshot vs /var/db/cofre/previous/data; set in [data]: shadow:snapdir =",
                "shadow:basedir = /tank/s | shadow:basedir = /tank | shadow:basedir is /tank vs /tank/s; set",
                "shadow:basedir = | y = | shadow:basedir is not set vs /tank/s; set",
                "path = /tank/s | path = /tank/other | path is /tank/other vs /tank/s; correct the path",
                "path = /tank/s | comment = none | path is not set vs /tank/s; correct the path",
                "shadow_copy2 acl_xattr | acl_xattr | "
                        + "vfs objects is acl_xattr vs a list with shadow_copy2; set in [data]: vfs objects = shadow_copy2 acl_xattr",
                "vfs objects = shadow_copy2 acl_xattr | z = z | vfs objects is not set vs a list with shadow_copy2",
                "shadow_copy2 acl_xattr | shadow_copy2 shadow_copy | "
                        + "a list without shadow_copy; set in [data]: vfs objects = shadow_copy2",
                "shadow:sort = desc | shadow:localtime = Yes | shadow:localtime is yes vs no; remove it",
                "shadow:sort = desc | shadow:snapdirseverywhere = true | shadow:snapdirseverywhere is yes vs no",
                "shadow:sort = desc | shadow:snapprefix = ^auto | shadow:snapprefix is ^auto vs unset; remove it",
                "shadow:sort = desc | shadow:delimiter = - | shadow:delimiter is - vs unset; remove it",
                "shadow:sort = desc | shadow:mountpoint = /tank | shadow:mountpoint is /tank vs unset; remove it",
                "interfaces = lo | shadow:localtime = yes | shadow:localtime is yes vs no; remove it",
            })
    void namesWhatIsWrongAndWhatToDo(String good, String bad, String finding) {
        assertThat(GOOD).contains(good.strip());

        List<String> findings = advice.check(SmbConf.parse(GOOD.replaceFirst(
                java.util.regex.Pattern.quote(good.strip()), java.util.regex.Matcher.quoteReplacement(bad.strip()))));

        assertThat(findings)
                .singleElement()
                .asString()
                .startsWith("cannot show previous versions in [data]: ")
                .contains(finding.strip())
                .endsWith(", then run: smbcontrol all reload-config");
    }

    @Test
    void saysThatThereIsNoSuchShare() {
        assertThat(new SambaAdvice(share("obras", "/tank/obras")).check(SmbConf.parse(GOOD)))
                .singleElement()
                .asString()
                .contains("cannot find share [obras] in smb.conf: the shares are Data vs that one");
        assertThat(new SambaAdvice(share("global", "/tank/obras")).check(SmbConf.parse("[global]\n")))
                .singleElement()
                .asString()
                .contains("the shares are none");
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(advice.check(SmbConf.parse("Load smb config files\nfoo = bar\n; [data]\n" + GOOD + "\n]]=[[\n=\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tank/%U", "/tank/a\\x0ab", "/tank/\\xff", "/tank/a ", "/tank/a\\x5c", "/tank/\\x22a"})
    void refusesAPathThatSmbConfCannotHold(String path) {
        assertThatThrownBy(() -> share("data", path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot write path ")
                .hasMessageContaining("vs plain text; nothing was changed; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a]b", "a\nb", " a", "%U", "a\"b"})
    void refusesANameThatSmbConfCannotHold(String name) {
        assertThatThrownBy(() -> share(name, "/tank/s")).isInstanceOf(IllegalArgumentException.class);
    }

    private static SambaShare share(String name, String path) {
        return new SambaShare(name, RawPath.ofDisplay(path), RawPath.ofDisplay("/var/db/cofre/previous/data"));
    }
}
