package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.storage.FileList;
import cofre.testkit.StoreBytes;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ListingParserTest {
    private static final int MILLION = 1_000_000;

    @Test
    void readsAMillionFilesWithinASmallHeap() throws Exception {
        FileList files = new FileList();
        new ListingParser(files).parse(new LongListing(), true);
        assertThat(files.count()).isEqualTo(MILLION);
        assertThat(files.name(123_456)).isEqualTo(name(123_456));
        AtomicLong sum = new AtomicLong();
        files.forEach(file -> sum.addAndGet(file.size()));
        assertThat(sum.get()).isEqualTo(MILLION / 2 * (MILLION - 1L));
    }

    private static String name(int number) {
        return StoreBytes.sha256(Integer.toString(number).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A listing that is made while it is read. */
    private static final class LongListing extends InputStream {
        private byte[] row = {'['};
        private int next;
        private int made;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (next == row.length) {
                if (made > MILLION) {
                    return -1;
                }
                String text = made == MILLION
                        ? "]"
                        : (made == 0 ? "" : ",") + "{\"name\":\"" + name(made) + "\",\"size\":" + made + "}";
                row = text.getBytes(StandardCharsets.ISO_8859_1);
                next = 0;
                made++;
            }
            int count = Math.min(length, row.length - next);
            System.arraycopy(row, next, into, offset, count);
            next += count;
            return count;
        }
    }
}
