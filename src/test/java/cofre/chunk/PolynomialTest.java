package cofre.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolynomialTest {
    @ParameterizedTest
    @ValueSource(strings = {"3DA3358B4DC173", "2482734cacca49", "2", "3", "7", "b", "11b", "11d"})
    void knowsIrreducibleOnes(String hex) {
        assertThat(Polynomial.parse(hex).isIrreducible()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"38f1e565e288df", "30a8295b9d5c91", "255f4350b962cb", "0", "1", "5", "6", "9", "8000000000000000"
            })
    void knowsReducibleOnes(String hex) {
        assertThat(Polynomial.parse(hex).isIrreducible()).isFalse();
    }

    /** Trial division is the plainest test there is; all polynomials up to degree 10. */
    @Test
    void agreesWithTrialDivision() {
        for (long bits = 2; bits < 2048; bits++) {
            boolean divisible = false;
            for (long divisor = 2; 2 * new Polynomial(divisor).degree() <= new Polynomial(bits).degree(); divisor++) {
                divisible |= new Polynomial(divisor).modulo(bits) == 0;
            }
            assertThat(new Polynomial(bits).isIrreducible())
                    .as(Long.toHexString(bits))
                    .isEqualTo(!divisible);
        }
    }

    /** Gauss's count: of the 2^7 polynomials of degree 7 exactly 18 are irreducible, of degree 16 exactly 4080. */
    @ParameterizedTest
    @CsvSource({"7,18", "16,4080"})
    void findsAsManyAsGaussCounted(int degree, int expected) {
        int found = 0;
        for (long bits = 1L << degree; bits < 2L << degree; bits++) {
            found += new Polynomial(bits).isIrreducible() ? 1 : 0;
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void writesWhatItReads() {
        assertThat(Polynomial.parse("3DA3358B4DC173")).hasToString("3da3358b4dc173");
        assertThat(Polynomial.ofConfig("3da3358b4dc173").degree()).isEqualTo(53);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x3da3358b4dc173", "-1", "+1", " 1", "g", "\uff11", "10000000000000000"})
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> Polynomial.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"38f1e565e288df, reducible", "11b, degree 8", "0, degree -1", "8000000000000003, degree 63"})
    void refusesWhatCannotDriveAChunker(String hex, String reason) {
        assertThatThrownBy(() -> Polynomial.ofConfig(hex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void drawsUsablePolynomials() {
        SplittableRandom random = new SplittableRandom(1);
        Polynomial last = Polynomial.random(new SecureRandom());
        for (int i = 0; i < 20; i++) {
            Polynomial next = Polynomial.random(random);
            assertThat(Polynomial.ofConfig(next.toString())).isEqualTo(next).isNotEqualTo(last);
            last = next;
        }
    }
}
