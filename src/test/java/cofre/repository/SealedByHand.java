package cofre.repository;

import cofre.format.Sha256;
import cofre.seal.Sealer;

/** Seals with a repository's own key what no writer would write. */
public final class SealedByHand {
    private SealedByHand() {}

    /** What may be stored as a file that is not packed; its name is its hash. */
    public static byte[] file(Repository repository, byte[] plain) {
        byte[] sealed = new byte[plain.length + Sealer.OVERHEAD];
        repository.opened().sealer().seal(plain, 0, plain.length, sealed, 0);
        return sealed;
    }

    /** The name it has to have. */
    public static String name(byte[] file) {
        return Sha256.hash(file).hex();
    }
}
