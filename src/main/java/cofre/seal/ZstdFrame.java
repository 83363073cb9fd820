package cofre.seal;

/**
 * The shape of one zstd frame (RFC 8878), read without decompressing anything: what it claims to hold, what it can hold at
 * most, and where it ends.
 *
 * @param contentSize what it says its content's size is; -1 when it does not say
 * @param bound no content can be longer, whatever it says
 */
record ZstdFrame(long contentSize, long bound) {
    private static final int MAGIC = 0xfd2fb528;
    private static final int MAX_BLOCK = 128 * 1024;
    private static final int MAX_WINDOW_LOG = 27;

    /**
     * Reads the frame that takes exactly {@code length} bytes at {@code offset}.
     *
     * @throws SealException.BadFrame when it is cut short, followed by anything, made with a dictionary, or wants a window
     *     over 128 MiB
     */
    static ZstdFrame read(byte[] bytes, int offset, int length) throws SealException {
        return new Scan(bytes, offset, offset + length).frame();
    }

    private static final class Scan {
        private final byte[] bytes;
        private final int end;
        private int at;

        Scan(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        ZstdFrame frame() throws SealException {
            long magic = number(4);
            if (magic != (MAGIC & 0xffff_ffffL)) {
                throw bad("another magic number", "that of a zstd frame");
            }
            int descriptor = (int) number(1);
            boolean isSingleSegment = (descriptor & 0x20) != 0;
            if ((descriptor & 0x08) != 0) {
                throw bad("the reserved bit", "none");
            }
            if (!isSingleSegment && (int) number(1) >>> 3 > MAX_WINDOW_LOG - 10) {
                throw bad("a window over 2^" + MAX_WINDOW_LOG + " bytes", "at most that");
            }
            if (number(new int[] {0, 1, 2, 4}[descriptor & 3]) != 0) {
                throw bad("a dictionary", "none");
            }
            long contentSize = contentSize(descriptor >>> 6, isSingleSegment);
            long bound = blocks();
            number((descriptor & 0x04) != 0 ? 4 : 0); // the checksum, for the decompressor to check
            if (at != end) {
                throw bad(end - at + " bytes behind the frame", "none");
            }
            if (contentSize > bound) {
                throw bad("a content size of " + contentSize, "at most " + bound + " in its blocks");
            }
            return new ZstdFrame(contentSize, bound);
        }

        private long contentSize(int flag, boolean isSingleSegment) throws SealException {
            return switch (flag) {
                case 0 -> isSingleSegment ? number(1) : -1;
                case 1 -> number(2) + 256;
                case 2 -> number(4);
                default -> {
                    long size = number(8);
                    if (size < 0) {
                        throw bad("a content size over 2^63", "less");
                    }
                    yield size;
                }
            };
        }

        /** Walks over the blocks; gives how much they can hold at most. */
        private long blocks() throws SealException {
            long bound = 0;
            while (true) {
                int header = (int) number(3);
                int size = header >>> 3;
                int type = (header >>> 1) & 3;
                if (type == 3 || size > MAX_BLOCK) {
                    throw bad("a block of type " + type + " and " + size + " bytes", "types 0 to 2, " + MAX_BLOCK);
                }
                bound += type == 2 ? MAX_BLOCK : size;
                skip(type == 1 ? 1 : size); // a run holds its one byte only once
                if ((header & 1) != 0) {
                    return bound;
                }
            }
        }

        private long number(int width) throws SealException {
            int from = at;
            skip(width);
            long value = 0;
            for (int i = width - 1; i >= 0; i--) {
                value = (value << 8) | (bytes[from + i] & 0xff);
            }
            return value;
        }

        private void skip(int count) throws SealException {
            if (end - at < count) {
                throw bad("its end after " + (end - at) + " bytes", "at least " + count + " more");
            }
            at += count;
        }

        private static SealException bad(String actual, String expected) {
            return new SealException.BadFrame("cannot decompress: " + actual + " vs " + expected);
        }
    }
}
