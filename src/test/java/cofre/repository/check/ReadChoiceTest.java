package cofre.repository.check;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.PackId;
import cofre.format.Sha256;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadChoiceTest {
    private final Random random = new Random(1);

    private Map<PackId, Long> packs(int many) {
        Map<PackId, Long> packs = new HashMap<>();
        byte[] id = new byte[Sha256.LENGTH];
        while (packs.size() < many) {
            random.nextBytes(id);
            packs.put(new PackId(Sha256.of(id)), 1000L);
        }
        return packs;
    }

    @Test
    void allPartsTogetherAreAllPacksAndNoneComesTwice() {
        Map<PackId, Long> packs = packs(2_000);
        Set<PackId> seen = new HashSet<>();
        for (int part = 1; part <= 7; part++) {
            Map<PackId, Long> chosen =
                    ReadChoice.parse(part + "/7").orElseThrow().among(packs, random);
            assertThat(chosen.size()).isBetween(200, 380);
            chosen.keySet().forEach(pack -> assertThat(seen.add(pack)).isTrue());
        }
        assertThat(seen).isEqualTo(packs.keySet());
    }

    @Test
    void sharesAndSizesAreTakenAtRandom() {
        Map<PackId, Long> packs = packs(1_000);
        assertThat(ReadChoice.parse("2.5%").orElseThrow().among(packs, random)).hasSize(25);
        assertThat(ReadChoice.parse("100%").orElseThrow().among(packs, random)).hasSize(1_000);
        assertThat(ReadChoice.parse("0.0001%").orElseThrow().among(packs, random))
                .hasSize(1);
        assertThat(ReadChoice.parse("10K").orElseThrow().among(packs, random)).hasSize(11);
        assertThat(ReadChoice.parse("50G").orElseThrow().among(packs, random)).hasSize(1_000);
        assertThat(ReadChoice.parse("5%").orElseThrow().among(Map.of(), random)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0/3", "4/3", "1/257", "1/0", "0%", "101%", "-1%", "5 G", "x", "1/2/3", "0", "9999999999999"
            })
    void whatIsNoPartIsRefused(String text) {
        assertThat(ReadChoice.parse(text)).isEmpty();
    }
}
