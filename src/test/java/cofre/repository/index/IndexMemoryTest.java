package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adds up the arrays an index is made of, as the heap of a JVM that runs other tests tells nothing. */
class IndexMemoryTest {
    private static final int PACKS = 4000;
    private static final int IN_PACK = 100;

    private final SplittableRandom random = new SplittableRandom(23);
    private final BlobIndex index = new BlobIndex();

    private Sha256 hash() {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private void fill() {
        for (int i = 0; i < PACKS; i++) {
            List<PackedBlob> blobs = new ArrayList<>();
            for (int at = 0; at < IN_PACK; at++) {
                blobs.add(new PackedBlob(BlobHandle.data(new BlobId(hash())), 1000L * at, 1000, 3000));
            }
            index.add(new IndexFile.Pack(new PackId(hash()), blobs));
        }
    }

    private double perBlob() throws IllegalAccessException {
        return (arrays(index) - 80.0 * PACKS) / (PACKS * IN_PACK);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.97, 1, 1.03})
    void costsAsMuchAsItSaysWhenAboutSoMuchCameAsWasSaid(double wrong) throws Exception {
        index.expect((long) (wrong * PACKS * IN_PACK));
        fill();
        assertThat(perBlob()).isBetween(42.0, 44.5);
    }

    @Test
    void costsHardlyMoreWhenNothingWasSaid() throws Exception {
        fill();
        assertThat(perBlob()).isBetween(42.0, 44.5);
    }

    @Test
    void whatIsSaidIsNotBelieved() throws Exception {
        long empty = arrays(index);
        index.expect(Long.MAX_VALUE);
        assertThat(arrays(index)).isEqualTo(empty);
        fill();
        assertThat(perBlob()).isLessThan(48);
    }

    private static long arrays(Object of) throws IllegalAccessException {
        if (of == null) {
            return 0;
        }
        if (of.getClass().isArray()) {
            return array(of);
        }
        if (of.getClass().getPackage() != BlobIndex.class.getPackage()) {
            return 0;
        }
        long sum = 0;
        for (Field field : of.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                sum += of instanceof Slots && field.getType() == Places.class ? 0 : arrays(field.get(of));
            }
        }
        return sum;
    }

    private static long array(Object array) throws IllegalAccessException {
        Class<?> of = array.getClass().getComponentType();
        int length = Array.getLength(array);
        if (of.isPrimitive()) {
            return 16 + (long) length * (of == long.class ? Long.BYTES : of == int.class ? Integer.BYTES : 1);
        }
        long sum = 16;
        for (int i = 0; i < length; i++) {
            sum += 4 + arrays(Array.get(array, i));
        }
        return sum;
    }
}
