/**
 * The native shim: the hot loops in C, loaded when present, each with a twin in Java that gives the same bytes.
 *
 * <p>Lives here: loading and testing {@code libcofre}, the bindings to its functions, the {@link cofre.shim.Poly1305}
 * port with its Java twin, and {@link cofre.shim.HotLoops}, which says what is in use. May use: {@code chunk},
 * jnr-ffi. Must not: decide anything about formats or files, or use the library when a single byte differs from the
 * Java twin's.
 *
 * <p>Words: <i>shim</i>: the small C library built from {@code native/}; <i>twin</i>: the Java code that gives the
 * same bytes as a function of the shim.
 */
package cofre.shim;
