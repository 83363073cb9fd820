/**
 * Packs being made.
 *
 * <p>Lives here: {@link cofre.repository.pack.PackBuffer}, one pack in memory that several threads fill at once, {@link
 * cofre.repository.pack.PackAssembler}, which always has one open, and {@link cofre.repository.pack.PackBuffers}, the
 * bounded stock of memory for them.
 *
 * <p>May use: format. Closed to everybody outside {@code repository}.
 *
 * <p>Must not: seal, upload or know a key.
 */
package cofre.repository.pack;
