package cofre.shim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Memory outside the Java heap that C may be given the address of.
 *
 * <p>Content is copied through it in slices that stay in the processor's cache. Pinning Java arrays instead would save
 * 4 % (chunker) to 25 % (libcrypto's Poly1305) of these loops, but a pinned array holds up every garbage collection
 * until the call returns, and on JDK 17 threads that wait for one can die of OutOfMemoryError (JDK-8192647).
 */
final class NativeBuffer {
    private final ByteBuffer bytes;
    private final Pointer pointer;

    NativeBuffer(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
        pointer = Pointer.wrap(Runtime.getSystemRuntime(), bytes);
    }

    /** The whole memory in native byte order; position and limit are the caller's to use. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** The address of byte {@code offset}; keeps this memory alive as long as it is itself reachable. */
    Pointer at(int offset) {
        return offset == 0 ? pointer : pointer.slice(offset);
    }
}
