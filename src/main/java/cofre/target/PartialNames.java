package cofre.target;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names of partials: {@code .cofre-restore-LABEL-RUN-NUMBER}. The label is the same in every run of one restore, so that
 * the next one knows what the last one left; the run is random, so that two at once do not meet. Thread-safe.
 */
final class PartialNames {
    private static final String START = ".cofre-restore-";

    private final byte[] ofLabel;
    private final String ofRun;
    private final AtomicLong count = new AtomicLong();

    PartialNames(String label, long random) {
        this.ofLabel = (START + label + "-").getBytes(StandardCharsets.US_ASCII);
        this.ofRun = START + label + "-" + String.format("%08x", random & 0xffff_ffffL) + "-";
    }

    RawName next() {
        return RawName.ofText(ofRun + Long.toHexString(count.getAndIncrement()));
    }

    /** Whether an interrupted run of this restore left it; also one of this run, which lists a directory first. */
    boolean isLeftover(RawName name) {
        byte[] bytes = name.bytes();
        return bytes.length > ofLabel.length && Arrays.equals(bytes, 0, ofLabel.length, ofLabel, 0, ofLabel.length);
    }
}
