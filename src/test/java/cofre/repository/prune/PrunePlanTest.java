package cofre.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.PackId;
import cofre.format.Sha256;
import cofre.repository.prune.PackFacts.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrunePlanTest {
    private static final PruneRules ALL = new PruneRules(new MaxUnused.Percent(0), 0, true, false, false);
    private int number;

    private PackFacts pack(Kind kind, long listed, long used) {
        return pack(kind, listed, listed, used, false);
    }

    private PackFacts pack(Kind kind, long stored, long listed, long used, boolean uncompressed) {
        PackId id = new PackId(Sha256.hash(new byte[] {(byte) ++number}));
        return new PackFacts(id, kind, stored, listed, 10, used == 0 ? 0 : 5, used, uncompressed);
    }

    private static List<String> words(PrunePlan plan) {
        return plan.steps().stream()
                .map(step -> step.toString().split(" ", -1)[0] + " " + step.pack())
                .toList();
    }

    private static PrunePlan plan(PruneRules rules, PackFacts... packs) {
        return PrunePlan.of(List.of(packs), rules);
    }

    @Test
    void aFullPackStays() {
        PrunePlan plan = plan(ALL, pack(Kind.DATA, 1036, 1000));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.totals()).isEqualTo(new PrunePlan.Totals(1, 1000, 0, 0, 0, 0, 0));
    }

    @Test
    void aPackOfWhichNothingIsNeededIsDropped() {
        PackFacts none = pack(Kind.DATA, 1036, 0);
        PrunePlan plan = plan(ALL, none);
        assertThat(words(plan)).containsExactly("drop " + none.id());
        assertThat(plan.totals().droppedBytes()).isEqualTo(1036);
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void whatIsNotThereAndNotNeededIsDroppedFromTheIndex() {
        PrunePlan plan = plan(ALL, pack(Kind.DATA, -1, 1036, 0, false));
        assertThat(plan.toString()).contains("it is not on the store");
        assertThat(plan.obstacles()).isEmpty();
    }

    @Test
    void whatIsNotThereButNeededIsAnObstacle() {
        PrunePlan plan = plan(ALL, pack(Kind.DATA, -1, 1036, 500, false));
        assertThat(plan.obstacles()).singleElement().asString().contains("restore points need 5 of its blobs");
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 0})
    void aPackOfAnotherLengthIsRefusedWhetherNeededOrNot(long used) {
        PackFacts odd = pack(Kind.DATA, 1037, 1036, used, false);
        PrunePlan plan = plan(ALL, odd);
        assertThat(words(plan)).containsExactly("refuse " + odd.id());
        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void theWorstAreCopiedUntilLittleEnoughIsUnused() {
        PackFacts bad = pack(Kind.DATA, 1036, 200);
        PackFacts good = pack(Kind.DATA, 1036, 950);
        PackFacts middle = pack(Kind.DATA, 1036, 600);
        PackFacts full = pack(Kind.DATA, 10_036, 10_000);
        PruneRules percent = new PruneRules(new MaxUnused.Percent(5), 0, true, false, false); // 587 of 11,750
        assertThat(words(plan(percent, good, bad, middle, full))).containsExactly("copy " + bad.id());
        PruneRules bytes = new PruneRules(new MaxUnused.Bytes(450), 0, true, false, false);
        assertThat(words(plan(bytes, good, bad, middle, full))).containsExactly("copy " + bad.id());
        PruneRules fewer = new PruneRules(new MaxUnused.Bytes(449), 0, true, false, false);
        assertThat(words(plan(fewer, good, bad, middle, full)))
                .containsExactly("copy " + bad.id(), "copy " + middle.id());
        assertThat(plan(fewer, good, bad, middle, full).totals().remainingBytes())
                .isEqualTo(50 * 1 + 0);
        PruneRules any = new PruneRules(new MaxUnused.Unlimited(), 0, true, false, false);
        assertThat(plan(any, good, bad, middle, full).isEmpty()).isTrue();
    }

    @Test
    void theUnusedBytesOfRefusedPacksCountAsRemaining() {
        PrunePlan plan = plan(ALL, pack(Kind.DATA, 1037, 1036, 600, false));
        assertThat(plan.totals().remainingBytes()).isEqualTo(400);
    }

    @Test
    void mixedPacksAreTakenApartUnlessThatIsNotWanted() {
        PackFacts mixed = pack(Kind.MIXED, 1036, 1000);
        assertThat(words(plan(ALL, mixed))).containsExactly("copy " + mixed.id());
        assertThat(plan(new PruneRules(new MaxUnused.Percent(0), 0, false, false, false), mixed)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void packsThatAreNotCompressedAreWrittenAnewWhenWanted() {
        PackFacts plain = pack(Kind.DATA, 1036, 1036, 1000, true);
        assertThat(plan(ALL, plain).isEmpty()).isTrue();
        assertThat(words(plan(new PruneRules(new MaxUnused.Percent(0), 0, true, true, false), plain)))
                .containsExactly("copy " + plain.id());
    }

    @Test
    void onlyPacksOfDirectoriesAreCopiedWhenOnlyTheseAreCheap() {
        PruneRules cheap = new PruneRules(new MaxUnused.Percent(0), 0, true, true, true);
        PackFacts trees = pack(Kind.TREES, 1036, 500);
        PackFacts dropped = pack(Kind.DATA, 1036, 0);
        assertThat(words(plan(cheap, pack(Kind.DATA, 1036, 500), trees, pack(Kind.MIXED, 1036, 500), dropped)))
                .containsExactly("drop " + dropped.id(), "copy " + trees.id());
    }

    @Test
    void smallPacksOfAKindAreMergedOnceTwoCanBeFilled() {
        PruneRules merging = new PruneRules(new MaxUnused.Percent(0), 1000, true, false, false);
        List<PackFacts> packs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            packs.add(pack(Kind.DATA, 536, 500));
        }
        packs.add(pack(Kind.TREES, 536, 500));
        assertThat(PrunePlan.of(packs, merging).steps())
                .hasSize(4)
                .allSatisfy(step -> assertThat(step.toString()).endsWith("small"));
        packs.remove(0);
        assertThat(PrunePlan.of(packs, merging).isEmpty()).as("1500 bytes").isTrue();
        PackFacts waste = pack(Kind.DATA, 536, 100);
        packs.add(waste);
        assertThat(words(PrunePlan.of(packs, merging))).as("1600 bytes").containsExactly("copy " + waste.id());
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new MaxUnused.Percent(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MaxUnused.Percent(100.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MaxUnused.Percent(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MaxUnused.Bytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PruneRules.standard(16 << 20).maxUnused().limit(1000)).isEqualTo(50);
    }
}
