package cofre.browse;

import cofre.format.Sha256;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an entry is known by: 128 bits of a hash over all names from the top down to it, and the restore point's id.
 * Inode numbers are the first 63 of them.
 *
 * <p>Two entries whose numbers fall together by chance: among the 200,000 a kernel remembers with a probability of 2 in a
 * billion, among 50 million with 1 in 7,000. Nothing here is found by its number, so each still shows its own content;
 * a program that takes equal numbers for two names of one file would take these two for that.
 *
 * @param a the first 64 bits
 * @param b the next 64 bits
 */
record PathKey(long a, long b) {
    private static final byte[] LINK = {0, 'l'};
    private static final byte[] SHARE = {0, 's'};
    private static final byte[] POINT = {0, 'p'};
    private static final int BYTES = 16;

    /** Numbers below are taken: 0 means none, 1 is the top. */
    private static final long LOWEST = 2;

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::newDigest);

    static PathKey ofShare(String share) {
        return of(new byte[BYTES], SHARE, share.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a version's root. */
    PathKey version(RawName name, SnapshotId id, RawPath inside) {
        byte[] path = inside.bytes();
        byte[] all = new byte[name.length() + 1 + Sha256.LENGTH + path.length];
        System.arraycopy(name.bytes(), 0, all, 0, name.length());
        id.hash().writeTo(all, name.length() + 1);
        System.arraycopy(path, 0, all, name.length() + 1 + Sha256.LENGTH, path.length);
        return of(bytes(), POINT, all);
    }

    /** Of an entry of this directory. */
    PathKey child(RawName name) {
        return of(bytes(), new byte[] {'/'}, name.bytes());
    }

    /** Of a file with several names, in the version with this key: the same whichever of them it is found by. */
    PathKey file(long device, long inode) {
        byte[] both = new byte[BYTES];
        new PathKey(device, inode).writeTo(both);
        return of(bytes(), LINK, both);
    }

    long inode() {
        long number = a >>> 1;
        return number < LOWEST ? number + LOWEST : number;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        writeTo(bytes);
        return bytes;
    }

    private void writeTo(byte[] into) {
        for (int i = 0; i < 8; i++) {
            into[i] = (byte) (a >>> (56 - 8 * i));
            into[8 + i] = (byte) (b >>> (56 - 8 * i));
        }
    }

    /** What comes between cannot be in a name, so no two entries hash the same bytes. */
    private static PathKey of(byte[] above, byte[] between, byte[] what) {
        MessageDigest digest = DIGEST.get();
        digest.update(above);
        digest.update(between);
        Sha256 hash = Sha256.of(digest.digest(what));
        return new PathKey(hash.a(), hash.b());
    }
}
