package cofre.shim;

final class JavaPoly1305Test extends Poly1305Contract {
    private final Poly1305 poly1305 = new JavaPoly1305();

    @Override
    Poly1305 poly1305() {
        return poly1305;
    }
}
