package cofre.repository;

import cofre.format.KeyFile;
import cofre.format.KeyId;
import java.util.Optional;

/**
 * A key file of a repository. What it says of itself is not sealed: anybody who can write there may have written it.
 *
 * @param id the stored file's name
 * @param isInUse whether it is the one this repository was opened with
 * @param file what it says; empty when it cannot be used
 * @param flaw why it cannot be used; empty when it can
 */
public record StoredKey(KeyId id, boolean isInUse, Optional<KeyFile> file, String flaw) {}
