package cofre.shim;

import org.junit.jupiter.api.Tag;

/** Our own C code, which also runs where libcrypto is. */
@Tag("native")
final class NativePoly1305Test extends Poly1305Contract {
    private final Poly1305 poly1305 = NativeLibrary.loaded().ownPoly1305();

    @Override
    Poly1305 poly1305() {
        return poly1305;
    }
}
