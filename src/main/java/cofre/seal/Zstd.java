package cofre.seal;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.lang.ref.Reference;
import java.util.function.IntFunction;

/**
 * zstd by its reference implementation: one frame, content size in it, no checksum (the tag is one). Thread-safe: each
 * thread gets contexts of its own. Their memory is not Java's and zstd-jni does not free it by itself, so a cleaner does
 * once the thread, or this object, is gone.
 */
final class Zstd {
    private final ThreadLocal<Held<ZstdCompressCtx>> compressors;
    private final ThreadLocal<Held<ZstdDecompressCtx>> decompressors =
            ThreadLocal.withInitial(() -> Held.of(new ZstdDecompressCtx()));

    Zstd(Compression compression) {
        this.compressors = ThreadLocal.withInitial(() -> Held.of(compressor(compression.level())));
    }

    private static ZstdCompressCtx compressor(int level) {
        return new ZstdCompressCtx().setLevel(level).setChecksum(false).setContentSize(true);
    }

    /** How long the frame of {@code length} bytes can get. */
    static int maxLength(int length) {
        return Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(length));
    }

    /** Compresses into {@code out}, which has room for {@link #maxLength}; gives the frame's length. */
    int compress(byte[] in, int offset, int length, byte[] out, int outOffset) {
        Held<ZstdCompressCtx> held = compressors.get();
        int room = out.length - outOffset;
        try {
            return held.context().compressByteArray(out, outOffset, room, in, offset, length);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    /**
     * Decompresses one frame whose content has exactly {@code expected} bytes.
     *
     * @return that many bytes at {@code outOffset}
     */
    int decompress(byte[] in, int offset, int length, byte[] out, int outOffset, int expected) throws SealException {
        ZstdFrame frame = ZstdFrame.read(in, offset, length);
        if (frame.contentSize() >= 0 && frame.contentSize() != expected) {
            throw new SealException.Mismatch(
                    "cannot decompress: a frame of " + frame.contentSize() + " bytes vs the expected " + expected);
        }
        int actual = run(in, offset, length, out, outOffset, expected);
        if (actual != expected) {
            throw new SealException.Mismatch("cannot decompress: " + actual + " bytes vs the expected " + expected);
        }
        return actual;
    }

    /** Decompresses one frame of at most {@code most} bytes into what {@code room} gives; says how many bytes it came to. */
    int decompress(byte[] in, int offset, int length, int most, IntFunction<byte[]> room) throws SealException {
        ZstdFrame frame = ZstdFrame.read(in, offset, length);
        if (frame.contentSize() > most) {
            throw new SealException.BadFrame("cannot decompress: " + frame.contentSize() + " bytes vs at most " + most);
        }
        boolean isKnown = frame.contentSize() >= 0;
        int needed = (int) (isKnown ? frame.contentSize() : Math.min(frame.bound(), most));
        int actual = run(in, offset, length, room.apply(needed), 0, needed);
        if (isKnown && actual != needed) {
            throw new SealException.BadFrame("cannot decompress: " + actual + " bytes vs the frame's " + needed);
        }
        return actual;
    }

    private int run(byte[] in, int offset, int length, byte[] out, int outOffset, int room) throws SealException {
        Held<ZstdDecompressCtx> held = decompressors.get();
        try {
            return held.context().decompressByteArray(out, outOffset, room, in, offset, length);
        } catch (ZstdException e) {
            throw new SealException.BadFrame(
                    "cannot decompress: " + e.getMessage() + " vs a sound zstd frame of at most " + room + " bytes");
        }
    }
}
