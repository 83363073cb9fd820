package cofre.testkit;

import cofre.testkit.zfs.DiffLie;
import cofre.testkit.zfs.DiffText;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How {@link SimulatedZfs} tells changes: truly, unless told otherwise. */
public final class SimulatedChanges {
    private final Set<String> denied = new HashSet<>();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private UnaryOperator<byte[]> transmission = UnaryOperator.identity();
    private Optional<DiffLie> lie = Optional.empty();
    private Random random = new Random(1);

    /** Send streams come as from a machine of this byte order. */
    public void sendAs(ByteOrder byteOrder) {
        order = byteOrder;
    }

    /** Something happens to send streams on their way: cut off, spoilt, another one. */
    public void transmit(UnaryOperator<byte[]> change) {
        transmission = change;
    }

    /** All diffs lie in this way, chosen by {@code seed} where there is a choice. */
    public void lie(DiffLie how, long seed) {
        lie = Optional.of(how);
        random = new Random(seed);
    }

    /** Diffs say what {@code zfs diff} would. */
    public void tellTheTruth() {
        lie = Optional.empty();
    }

    /** This command ({@code send}, {@code diff}, {@code bookmark}) is not permitted. */
    public void deny(String verb) {
        denied.add(verb);
    }

    boolean isDenied(String verb) {
        return denied.contains(verb);
    }

    ByteOrder order() {
        return order;
    }

    byte[] transmitted(byte[] stream) {
        return transmission.apply(stream);
    }

    DiffText.Said told(DiffText.Said truth) {
        return lie.isPresent() ? lie.get().applyTo(truth, random) : truth;
    }
}
