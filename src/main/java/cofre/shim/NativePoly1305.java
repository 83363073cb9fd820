package cofre.shim;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;
import jnr.ffi.Pointer;

/** Poly1305 by the shim. Owns 65 KiB of native memory; belongs to one thread at a time. */
final class NativePoly1305 implements Poly1305 {
    /** Values of {@code which} in cofre.h. */
    static final int OWN = 0;

    static final int LIBCRYPTO = 1;

    private static final int SLICE = 64 * 1024;
    private static final int TAG_AT = KEY_LENGTH;
    private static final int STATE_AT = TAG_AT + TAG_LENGTH;
    private static final int STATE_LENGTH = 320;
    private static final int SLICE_AT = STATE_AT + STATE_LENGTH;
    private static final byte[] NO_KEY = new byte[KEY_LENGTH];

    private final ShimLibrary library;
    private final int which;
    private final NativeBuffer memory = new NativeBuffer(SLICE_AT + SLICE);
    private final Pointer keyAt = memory.at(0);
    private final Pointer tagAt = memory.at(TAG_AT);
    private final Pointer state = memory.at(STATE_AT);
    private final Pointer slice = memory.at(SLICE_AT);

    NativePoly1305(ShimLibrary library, int which) {
        this.library = library;
        this.which = which;
    }

    @Override
    public void tag(byte[] key, byte[] in, int off, int len, byte[] out, int outOff) {
        Objects.checkFromIndexSize(0, KEY_LENGTH, key.length);
        Objects.checkFromIndexSize(off, len, in.length);
        Objects.checkFromIndexSize(outOff, TAG_LENGTH, out.length);
        ByteBuffer bytes = memory.bytes();
        try {
            bytes.put(0, key, 0, KEY_LENGTH);
            library.cofre_poly1305_begin(state, keyAt, which);
            int failed = update(in, off, len);
            // Always: finish also frees and wipes what begin took.
            failed |= library.cofre_poly1305_finish(state, tagAt);
            if (failed != 0) {
                throw new IllegalStateException("cannot authenticate " + len + " bytes: libcrypto reports an error vs a"
                        + " tag; nothing was sealed or opened; take libcofre away to use the Java code instead");
            }
            bytes.get(TAG_AT, out, outOff, TAG_LENGTH);
        } finally {
            bytes.put(0, NO_KEY);
            Reference.reachabilityFence(memory);
        }
    }

    private int update(byte[] in, int off, int len) {
        int failed = 0;
        for (int done = 0; done < len; done += SLICE) {
            int n = Math.min(SLICE, len - done);
            memory.bytes().put(SLICE_AT, in, off + done, n);
            failed |= library.cofre_poly1305_update(state, slice, n);
        }
        return failed;
    }
}
