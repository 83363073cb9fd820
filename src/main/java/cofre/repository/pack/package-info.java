/**
 * Packs being made, and what stored ones say of themselves.
 *
 * <p>Lives here: {@link cofre.repository.pack.PackHeaders}, which asks a stored pack what it holds, {@link
 * cofre.repository.pack.PackBuffer}, one pack in memory that several threads fill at once, {@link
 * cofre.repository.pack.PackAssembler}, which always has one open, and {@link cofre.repository.pack.PackBuffers}, the
 * bounded stock of memory for them.
 *
 * <p>May use: format, seal, storage. Closed to everybody outside {@code repository}.
 *
 * <p>Must not: upload.
 */
package cofre.repository.pack;
