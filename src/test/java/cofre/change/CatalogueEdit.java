package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One edit, done to a catalogue and to the model of it. */
record CatalogueEdit(Kind kind, long object, long dir, long number) {
    enum Kind {
        LINK,
        UNLINK,
        TOUCH,
        FORGET,
        FORGET_RANGE
    }

    static Arbitrary<CatalogueEdit> any() {
        Arbitrary<Long> objects =
                Arbitraries.oneOf(Arbitraries.longs().between(2, 12), Arbitraries.of(254L, 255L, 256L, 510L, 100_000L));
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(10, Kind.LINK),
                net.jqwik.api.Tuple.of(5, Kind.UNLINK),
                net.jqwik.api.Tuple.of(2, Kind.TOUCH),
                net.jqwik.api.Tuple.of(1, Kind.FORGET),
                net.jqwik.api.Tuple.of(1, Kind.FORGET_RANGE));
        return Combinators.combine(
                        kinds,
                        objects,
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.longs().between(1, 1 << 20))
                .as(CatalogueEdit::new);
    }

    void doTo(Catalogue catalogue, CatalogueModel model) throws CatalogueException {
        switch (kind) {
            case LINK -> {
                catalogue.link(object, dir, number);
                model.link(object, dir, number);
            }
            case UNLINK -> assertThat(catalogue.unlink(object, dir)).isEqualTo(model.unlink(object, dir));
            case TOUCH -> assertThat(catalogue.touch(object, number)).isEqualTo(model.touch(object, number));
            case FORGET -> {
                catalogue.forget(object);
                model.forgetRange(object, 1);
            }
            case FORGET_RANGE -> {
                long count = number % 3 == 0 ? Long.MAX_VALUE : number % 10 + 1;
                catalogue.forgetRange(object, count);
                model.forgetRange(object, count);
            }
        }
    }
}
