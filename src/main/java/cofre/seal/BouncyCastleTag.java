package cofre.seal;

import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/** Poly1305 by Bouncy Castle. */
final class BouncyCastleTag {
    private BouncyCastleTag() {}

    static void tag(byte[] key, byte[] in, int offset, int length, byte[] out, int outOffset) {
        Poly1305 poly = new Poly1305();
        poly.init(new KeyParameter(key));
        poly.update(in, offset, length);
        poly.doFinal(out, outOffset);
    }
}
