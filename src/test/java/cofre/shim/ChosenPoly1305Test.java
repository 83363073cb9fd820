package cofre.shim;

import org.junit.jupiter.api.Tag;

/** The implementation that the shim chooses here: libcrypto's where it is installed. */
@Tag("native")
final class ChosenPoly1305Test extends Poly1305Contract {
    private final Poly1305 poly1305 = NativeLibrary.loaded().poly1305();

    @Override
    Poly1305 poly1305() {
        return poly1305;
    }
}
