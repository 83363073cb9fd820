package cofre.format;

import java.util.Optional;

/**
 * A copy of a blob that was read and did not give it.
 *
 * @param blob which blob
 * @param pack the pack it was looked for in; empty when no index says that any pack holds it
 */
public record BadCopy(BlobHandle blob, Optional<PackId> pack) {}
