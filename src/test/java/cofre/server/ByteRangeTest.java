package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final long SIZE = 100;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=0-100, 0, 100", // cut to the file
        "bytes=50-, 50, 50",
        "bytes=99-, 99, 1",
        "bytes=-1, 99, 1",
        "bytes=-100, 0, 100",
        "bytes=-1000, 0, 100",
        "bytes= 1-2 , 1, 2",
        "bytes=0-999999999999999999, 0, 100",
    })
    void readsOneRange(String header, long first, long length) throws Exception {
        assertThat(ByteRange.parse(header, SIZE)).contains(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=100-", // first byte after the end
                "bytes=100-200",
                "bytes=5-4",
                "bytes=-0",
                "bytes=-",
                "bytes=",
                "bytes",
                "",
                "items=0-1",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=+1-2",
                "bytes=--1",
                "bytes=9999999999999999999-", // more than a long
                "bytes=0-9999999999999999999",
            })
    void refusesWhatTheFileCannotGive(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, SIZE)).isInstanceOf(ByteRange.Unsatisfiable.class);
    }

    @Test
    void sendsTheWholeFileForNoRangeOrSeveral() throws Exception {
        assertThat(ByteRange.parse(null, SIZE)).isEmpty();
        assertThat(ByteRange.parse("bytes=0-1,5-6", SIZE)).isEmpty();
    }

    @Test
    void hasNoRangeOfAnEmptyFile() {
        assertThatThrownBy(() -> ByteRange.parse("bytes=0-", 0)).isInstanceOf(ByteRange.Unsatisfiable.class);
        assertThatThrownBy(() -> ByteRange.parse("bytes=-5", 0)).isInstanceOf(ByteRange.Unsatisfiable.class);
    }
}
