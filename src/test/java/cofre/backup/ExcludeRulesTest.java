package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcludeRulesTest {
    @ParameterizedTest
    @CsvSource({
        "*.tmp, /tank/obras/a.tmp, true", // any depth
        "*.tmp, /tank/obras/deep/er/a.tmp, true",
        "*.tmp, /tank/obras/a.tmpx, false", // the whole component
        "cache, /tank/cache/x, true", // below a match
        "/tank/obras/x, /tank/obras/x, true",
        "/obras/x, /tank/obras/x, false", // a leading slash means the very top
        "obras/x, /tank/obras/x, true",
        "obras/x, /tank/obras/y/x, false",
        "obras/**/x, /tank/obras/y/z/x, true",
        "obras/**/x, /tank/obras/x, true", // ** may stand for nothing
        "/tank/*/x, /tank/obras/x, true",
        "/tank/*/x, /tank/obras/y/x, false", // * stays within one component
        "fo?, /tank/foo, true",
        "fo?, /tank/fo, false",
        "f?o, /tank/fço, true", // a character, not a byte
        "'[a-c]x', /tank/bx, true",
        "'[^a-c]x', /tank/bx, false",
        "'[á-ú]x', /tank/éx, true",
        "'\\*', /tank/*, true",
        "'\\*', /tank/a, false",
        "'\\\\[a]', '/tank/\\a', true", // an escaped backslash, then a class
        "/tank/./x/../y, /tank/y, true", // cleaned as paths are
        "'a*b*c', /tank/axxbyyc, true",
        "'a*b*c', /tank/axxbyy, false",
    })
    void followsRestic(String pattern, String path, boolean excluded) {
        assertThat(ExcludeRules.of(List.of(pattern)).excludes(raw(path))).isEqualTo(excluded);
    }

    @Test
    void takesBackWhatAnEarlierRuleExcluded() {
        ExcludeRules rules = ExcludeRules.of(List.of("*.log", "!keep.log"));
        assertThat(rules.excludes(raw("/t/a.log"))).isTrue();
        assertThat(rules.excludes(raw("/t/keep.log"))).isFalse();
    }

    @Test
    void matchesBytesThatAreNoText() {
        byte[] name = {'/', 't', '/', (byte) 0xff, 'x'};
        assertThat(ExcludeRules.of(List.of("?x")).excludes(RawPath.of(name))).isTrue();
        assertThat(ExcludeRules.of(List.of("*x")).excludes(RawPath.of(name))).isTrue();
        assertThat(ExcludeRules.of(List.of("ÿx")).excludes(RawPath.of(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "!", "[a", "a\\", "[]", "[^]", "[x-]", "[-x]", "[a--]", "\\\\[", "\\\\[^", "../x", "."})
    void refusesPatternsThatMeanNothing(String pattern) {
        assertThatThrownBy(() -> ExcludeRules.of(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot use exclude pattern");
    }

    private static RawPath raw(String path) {
        return RawPath.of(path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
