package cofre.format;

/**
 * A repository's config file.
 *
 * @param version 1 or 2
 * @param id its name for ever
 * @param polynomial the chunker's, as its bits
 */
public record RepositoryConfig(int version, RepositoryId id, long polynomial) {}
