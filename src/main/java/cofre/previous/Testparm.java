package cofre.previous;

/** Asks Samba for its configuration as it understands it. */
@FunctionalInterface
public interface Testparm {
    /**
     * The configuration.
     *
     * @throws PreviousException when the program could not be run or rejects the configuration
     */
    SmbConf read() throws PreviousException;
}
