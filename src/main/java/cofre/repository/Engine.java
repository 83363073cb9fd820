package cofre.repository;

import cofre.seal.Compression;
import cofre.seal.ScryptCost;
import cofre.seal.TagFunction;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * What a repository works with besides its store.
 *
 * @param tuning sizes and numbers of threads
 * @param compression of file content in new blobs
 * @param keyCost of trying the password of a key made from now on
 * @param random for keys, ids and IVs
 * @param tags Poly1305, native or not; thread-safe
 * @param nanoTime monotonic time
 * @param holder who locks
 */
public record Engine(
        Tuning tuning,
        Compression compression,
        ScryptCost keyCost,
        SecureRandom random,
        TagFunction tags,
        LongSupplier nanoTime,
        RepositoryLock.Holder holder) {}
