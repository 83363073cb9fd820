/**
 * Content-defined chunking, bit-identical to restic's.
 *
 * <p>Lives here: the polynomial of a repository, its lookup tables, the search for cuts and the {@link
 * cofre.chunk.Chunker} that applies the size limits. May use: the JDK. Must not: do I/O, start threads, read a
 * clock, or make randomness (it is passed in).
 *
 * <p>Words: <i>chunk</i>: a piece of a file's content between two cuts; <i>digest</i>: the remainder of the last
 * {@link cofre.chunk.Chunker#WINDOW} bytes, read as a polynomial over GF(2), modulo the repository's polynomial;
 * <i>cut</i>: a place where the low bits of the digest are all zero and the chunk is long enough.
 */
package cofre.chunk;
