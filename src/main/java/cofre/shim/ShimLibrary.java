package cofre.shim;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The functions of {@code native/cofre.h}, which documents them. Public only because the generated binding lives in
 * another class loader; nobody outside this room calls it.
 */
public interface ShimLibrary {
    /** The number that must equal {@link Shim#ABI_VERSION}. */
    @IgnoreError
    int cofre_abi_version();

    /** The search for a cut. */
    @IgnoreError
    long cofre_chunk_scan(@In Pointer tables, @In Pointer data, long first, long last, long mask);

    /** Whether libcrypto can be used. */
    @IgnoreError
    int cofre_poly1305_libcrypto();

    /** Starts a tag. */
    @IgnoreError
    void cofre_poly1305_begin(@Out Pointer state, @In Pointer key, int which);

    /** Adds data to a tag. */
    @IgnoreError
    int cofre_poly1305_update(Pointer state, @In Pointer data, long length);

    /** Ends a tag. */
    @IgnoreError
    int cofre_poly1305_finish(Pointer state, @Out Pointer tag);

    /** Reads the next entries of a directory; errors come as negative results. */
    @IgnoreError
    long cofre_dir_batch(int dirFd, @Out Pointer buffer, long capacity);
}
