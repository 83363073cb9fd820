package cofre.chunk;

import java.util.ArrayList;
import java.util.List;

/** The oracle of whole chunks: restic's loop as the format describes it. */
public final class PlainChunker {
    private PlainChunker() {}

    /** The lengths of the chunks of {@code content}. */
    public static List<Integer> lengths(long polynomial, byte[] content) {
        List<Integer> lengths = new ArrayList<>();
        PlainDigest digest = new PlainDigest(polynomial);
        int start = 0;
        while (start < content.length) {
            int length = chunkLength(digest, content, start);
            lengths.add(length);
            start += length;
        }
        return lengths;
    }

    private static int chunkLength(PlainDigest digest, byte[] content, int start) {
        digest.clear();
        digest.slide(1);
        for (int n = 524288 - 64 + 1; start + n <= content.length; n++) {
            long d = digest.slide(content[start + n - 1] & 0xff);
            if (n >= 524288 && ((d & 0xfffff) == 0 || n >= 8388608)) {
                return n;
            }
        }
        return content.length - start;
    }
}
