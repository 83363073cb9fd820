package cofre.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Records of any content, under good checksums: read or refused, and never a broken promise. */
class SendStreamFuzzTest {
    @Property(tries = 20_000)
    void anyFieldMayHoldAnything(
            @ForAll boolean big,
            @ForAll @IntRange(max = 12) int part,
            @ForAll @IntRange(max = 34) int word,
            @ForAll long value,
            @ForAll boolean small)
            throws Exception {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        StreamBytes stream = StreamBytes.sample(order);
        ByteBuffer.wrap(stream.parts().get(part).head()).order(order).putLong(8 * word, small ? value & 0xff : value);
        readOrRefuse(stream.bytes());
    }

    @Property(tries = 5_000)
    void anyBonusMayHoldAnything(
            @ForAll @IntRange(max = 168) int at, @ForAll long value, @ForAll @IntRange(min = 2, max = 4) int part)
            throws Exception {
        StreamBytes stream = StreamBytes.sample(ByteOrder.LITTLE_ENDIAN);
        byte[] payload = stream.parts().get(part).payload();
        if (payload.length >= at + 8) {
            ByteBuffer.wrap(payload).putLong(at, value);
        }
        readOrRefuse(stream.bytes());
    }

    private static void readOrRefuse(byte[] stream) throws IOException {
        try {
            SendStreamReaderTest.read(new Heard(), stream);
        } catch (BadStreamException e) {
            // as good
        }
    }
}
