package cofre.repository.check;

import cofre.format.PackId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which packs a check reads. Packs come out slot by slot, so that a check that is stopped has finished most it began. */
public sealed interface ReadChoice {
    /** None. */
    record None() implements ReadChoice {}

    /** All. */
    record All() implements ReadChoice {}

    /** Those whose first byte leaves {@code number - 1} when divided by {@code of}: all parts together are all packs. */
    record Part(int number, int of) implements ReadChoice {}

    /** So many of a hundred, at random, at least one. */
    record Percent(double share) implements ReadChoice {}

    /** About so many bytes, at random. */
    record Size(long bytes) implements ReadChoice {}

    /** Those of these {@linkplain ReadCoverage slots}. */
    record Slots(BitSet slots) implements ReadChoice {
        public Slots {
            slots = (BitSet) slots.clone();
        }

        @Override
        public BitSet slots() {
            return (BitSet) slots.clone();
        }
    }

    /** What {@link #parse} takes, for people. */
    String EXPECTED = "n/t (part n of t, up to 256), a share such as 2.5%, or a size such as 50G";

    /** More than any repository, and far from where counting ends. */
    long MOST = 1L << 60;

    /** The part this text names, as restic writes them; empty when it names none. */
    static Optional<ReadChoice> parse(String text) {
        Matcher part = Pattern.compile("(\\d{1,3})/(\\d{1,3})").matcher(text);
        if (part.matches()) {
            int number = Integer.parseInt(part.group(1));
            int of = Integer.parseInt(part.group(2));
            return number >= 1 && number <= of && of <= 256 ? Optional.of(new Part(number, of)) : Optional.empty();
        }
        Matcher share = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%").matcher(text);
        if (share.matches()) {
            double percent = Double.parseDouble(share.group(1));
            return percent > 0 && percent <= 100 ? Optional.of(new Percent(percent)) : Optional.empty();
        }
        Matcher size = Pattern.compile("(\\d{1,12})([KMGT]?)").matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        double bytes = Double.parseDouble(size.group(1)) * Math.pow(1024, " KMGT".indexOf(size.group(2)));
        return bytes >= 1 ? Optional.of(new Size((long) Math.min(bytes, MOST))) : Optional.empty();
    }

    /** Those of these packs that are chosen, in the order they are to be read. */
    default Map<PackId, Long> among(Map<PackId, Long> packs, Random random) {
        Map<PackId, Long> chosen = new TreeMap<>(Comparator.comparing(PackId::hash));
        if (this instanceof Percent percent) {
            List<PackId> some = shuffled(packs, random);
            long many = Math.max(1, Math.round(some.size() * percent.share() / 100));
            some.stream().limit(many).forEach(pack -> chosen.put(pack, packs.get(pack)));
        } else if (this instanceof Size size) {
            long left = size.bytes();
            for (PackId pack : shuffled(packs, random)) {
                if (left > 0) {
                    chosen.put(pack, packs.get(pack));
                    left -= packs.get(pack);
                }
            }
        } else {
            packs.forEach((pack, length) -> {
                if (takes(pack)) {
                    chosen.put(pack, length);
                }
            });
        }
        return chosen;
    }

    private boolean takes(PackId pack) {
        if (this instanceof Part part) {
            return (pack.hash().a() >>> 56) % part.of() == part.number() - 1;
        }
        if (this instanceof Slots some) {
            return some.slots.get(ReadCoverage.slot(pack));
        }
        return this instanceof All;
    }

    private static List<PackId> shuffled(Map<PackId, Long> packs, Random random) {
        List<PackId> ids = new ArrayList<>(packs.keySet());
        ids.sort(Comparator.comparing(PackId::hash));
        Collections.shuffle(ids, random);
        return ids;
    }
}
