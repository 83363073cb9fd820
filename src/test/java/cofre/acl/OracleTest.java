package cofre.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two ways of working out an answer find the same one. */
class OracleTest {
    private static final int CASES = 200_000;

    @Test
    void noCaseIsDecidedOtherwise() {
        RandomRights random = new RandomRights(new Random(20260101));
        List<String> overGrants = new ArrayList<>();
        List<String> underGrants = new ArrayList<>();
        int permitted = 0;
        for (int i = 0; i < CASES; i++) {
            List<Rights> chain = random.chain();
            Caller caller = random.caller();
            Want want = random.want();
            boolean ours = Chain.permits(chain, caller, want);
            boolean theirs = Oracle.permits(chain, caller, want);
            permitted += ours ? 1 : 0;
            if (ours != theirs) {
                (ours ? overGrants : underGrants).add(chain + " " + caller + " " + want);
            }
        }
        System.out.printf(
                "rights: %d random cases, %d permitted, over-grants %d, under-grants %d%n",
                CASES, permitted, overGrants.size(), underGrants.size());
        assertThat(overGrants).isEmpty();
        assertThat(underGrants).isEmpty();
        assertThat(permitted).isBetween(CASES / 5, CASES * 4 / 5); // both answers are met often
    }
}
