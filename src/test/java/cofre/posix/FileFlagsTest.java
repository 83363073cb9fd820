package cofre.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFlagsTest {
    @ParameterizedTest
    @CsvSource({
        "0x0, ''",
        "0x1, nodump",
        "0x2, uchg",
        "0x8800, hidden", // written to: ZFS sets the archive flag by itself
        "0x800, ''",
        "0x20000, schg",
        "0x60002, 'sappnd,schg,uchg'", // in chflags' order
        "0x17979f, 'sappnd,arch,schg,sunlnk,uappnd,hidden,uchg,nodump,uunlnk,offline,opaque,rdonly,reparse,sparse,system'"
    })
    void writesFlagsAsChflagsDoes(String flags, String text) {
        assertThat(FileFlags.text(Long.decode(flags))).isEqualTo(text);
    }

    @Test
    void readsWhatItWrites() {
        for (long flag = 1; flag <= 0x100000; flag <<= 1) {
            String text = FileFlags.text(flag);
            if (!text.isEmpty()) {
                assertThat(FileFlags.parse(text)).hasValue(flag);
            }
        }
        assertThat(FileFlags.parse("uchg,hidden,nodump")).hasValue(0x8003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "uchg,", "UCHG", "uarch", "uchg hidden", "nouchg", "unreadable"})
    void refusesAnythingElse(String text) {
        assertThat(FileFlags.parse(text)).isEmpty();
    }

    @Test
    void knowsWhichOnesForbidReplacing() {
        for (String name : new String[] {"uchg", "schg", "uappnd", "sappnd", "uunlnk", "sunlnk"}) {
            assertThat(FileFlags.block(FileFlags.parse(name).getAsLong()))
                    .as(name)
                    .isTrue();
        }
        assertThat(FileFlags.block(0x1 | 0x800 | 0x1000 | 0x8000)).isFalse();
    }

    @Test
    void leavesTheArchiveFlagToZfs() {
        assertThat(FileFlags.merged(0x2, 0x800 | 0x8000)).isEqualTo(0x802);
        assertThat(FileFlags.merged(0, 0x8000)).isZero();
    }
}
