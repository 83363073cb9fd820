package cofre.testkit.versions;

import cofre.browse.BrowseException;
import java.util.SplittableRandom;

/** The bytes of a file. */
public interface Content {
    /** How many there are. */
    long size();

    /** As {@link cofre.browse.OpenVersionFile#read}. */
    int read(long offset, byte[] into, int at, int length) throws BrowseException;

    /** These bytes. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(long offset, byte[] into, int at, int length) {
                int count = (int) Math.max(0, Math.min(length, bytes.length - offset));
                if (count > 0) {
                    System.arraycopy(bytes, (int) offset, into, at, count);
                }
                return count;
            }
        };
    }

    /** So many bytes, made from one random block that is repeated. */
    static Content repeating(long size) {
        byte[] block = new byte[1 << 20];
        new SplittableRandom(7).nextBytes(block);
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(long offset, byte[] into, int at, int length) {
                int count = (int) Math.max(0, Math.min(length, size - offset));
                for (int done = 0; done < count; ) {
                    int from = (int) ((offset + done) % block.length);
                    int part = Math.min(count - done, block.length - from);
                    System.arraycopy(block, from, into, at + done, part);
                    done += part;
                }
                return count;
            }
        };
    }
}
