package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.storage.FileList;
import cofre.testkit.StoreBytes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ListingParserTest {
    private static final int MILLION = 1_000_000;

    @Test
    void readsAMillionFilesWithinASmallHeap() throws Exception {
        FileList files = new FileList();
        new ListingParser(files).parse(million(), true);
        assertThat(files.count()).isEqualTo(MILLION);
        assertThat(files.name(123_456)).isEqualTo(name(123_456));
        AtomicLong sum = new AtomicLong();
        files.forEach(file -> sum.addAndGet(file.size()));
        assertThat(sum.get()).isEqualTo(MILLION / 2 * (MILLION - 1L));
    }

    private static InputStream million() {
        Iterator<InputStream> rows = IntStream.range(0, MILLION)
                .mapToObj(i -> stream((i == 0 ? "[" : ",") + "{\"name\":\"" + name(i) + "\",\"size\":" + i + "}"))
                .iterator();
        InputStream all = new SequenceInputStream(new java.util.Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return rows.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return rows.next();
            }
        });
        return new SequenceInputStream(Collections.enumeration(java.util.List.of(all, stream("]"))));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String name(int number) {
        return StoreBytes.sha256(Integer.toString(number).getBytes(StandardCharsets.ISO_8859_1));
    }
}
