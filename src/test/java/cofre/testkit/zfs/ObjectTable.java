package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.testkit.zfs.ModelSettings.Numbers;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The objects of one file system by number, in dnode blocks, and who gets which number. */
final class ObjectTable {
    /** The file system's directory of directories. */
    static final long MASTER_NODE = 1;

    /** Files without a name that are still open. */
    static final long UNLINKED_SET = 33;

    /** The root directory of a file system made by OpenZFS on Linux. */
    static final long ROOT = 34;

    /** Numbers of ZFS's own bookkeeping. */
    static final List<Long> INTERNAL = List.of(MASTER_NODE, 32L, UNLINKED_SET, 35L, 36L);

    private final ModelSettings settings;
    private final LongSupplier txg;
    private final Random random;
    private final TreeMap<Long, ModelObject> objects = new TreeMap<>();
    private final TreeMap<Long, Long> blockBirths = new TreeMap<>();
    private final TreeMap<Long, Long> internalBirths = new TreeMap<>();
    private final TreeMap<Long, Long> freedIn = new TreeMap<>();
    private long next = 2;

    ObjectTable(ModelSettings settings, LongSupplier txg) {
        this.settings = settings;
        this.txg = txg;
        this.random = new Random(settings.seed());
        INTERNAL.forEach(this::dirtyInternal);
    }

    long txg() {
        return txg.getAsLong();
    }

    ModelObject get(long number) {
        return objects.get(number);
    }

    NavigableMap<Long, ModelObject> objects() {
        return objects;
    }

    ModelObject make(NodeType type, Instant now, boolean isAttribute) {
        return put(new ModelObject(number(), type, txg(), now, isAttribute));
    }

    ModelObject makeRoot(Instant now) {
        return put(new ModelObject(ROOT, NodeType.DIR, txg(), now, false));
    }

    private ModelObject put(ModelObject made) {
        objects.put(made.number, made);
        return edit(made.number);
    }

    /** The object, to be changed now; its dnode is written in this txg. */
    ModelObject edit(long number) {
        ModelObject object = objects.get(number);
        if (object.isFrozen()) {
            object = object.thaw();
            objects.put(number, object);
        }
        object.birth = txg();
        dirty(number);
        return object;
    }

    void free(long number) {
        objects.remove(number);
        freedIn.put(number, txg());
        dirty(number);
    }

    void dirtyInternal(long number) {
        internalBirths.put(number, txg());
        dirty(number);
    }

    private void dirty(long number) {
        blockBirths.put(number / settings.dnodesPerBlock(), txg());
    }

    private long number() {
        if (settings.numbers() != Numbers.ASCENDING) {
            List<Long> free = freedIn.entrySet().stream()
                    .filter(e -> e.getValue() < txg())
                    .map(e -> e.getKey())
                    .toList();
            boolean lowest = settings.numbers() == Numbers.LOWEST_FREE;
            if (!free.isEmpty() && (lowest || random.nextInt(4) > 0)) {
                long number = free.get(lowest ? 0 : random.nextInt(free.size()));
                freedIn.remove(number);
                return number;
            }
        }
        while (INTERNAL.contains(next) || next == ROOT) {
            next++;
        }
        return next++;
    }

    ObjectsAt freeze() {
        objects.values().forEach(ModelObject::freeze);
        return new ObjectsAt(
                settings,
                new TreeMap<>(objects),
                new TreeMap<>(blockBirths),
                new TreeMap<>(internalBirths),
                new TreeMap<>(freedIn),
                next);
    }

    /** Everything as it was then; the txg goes on. */
    void thaw(ObjectsAt then) {
        objects.clear();
        objects.putAll(then.objects());
        blockBirths.clear();
        blockBirths.putAll(then.blockBirths());
        internalBirths.clear();
        internalBirths.putAll(then.internalBirths());
        freedIn.clear();
        freedIn.putAll(then.freedIn());
        next = then.next();
    }
}
