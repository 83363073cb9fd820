package cofre.testkit.zfs;

import cofre.testkit.zfs.DiffText.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A way in which {@code zfs diff} does not tell the truth, beyond the ways it never does. */
public enum DiffLie {
    /** One line is left out, with nothing to notice it by. */
    OMITTED_LINE,
    /** Something that was modified is said to be removed. */
    FALSE_REMOVAL,
    /** An object's name could not be found: said on standard error, with exit status 0. */
    NOISE,
    /** Ends with status 1 in the middle of the lines. */
    FAILURE,
    /** A line that is none. */
    GARBAGE,
    /** Something without a name was modified. */
    ON_DELETE_QUEUE,
    /** The last line has no end; the exit status is 0. */
    CUT_LINE;

    /** What is said instead; the truth where there is nothing to lie about. */
    public Said applyTo(Said truth, Random random) {
        List<byte[]> lines = new ArrayList<>(truth.lines());
        int at = random.nextInt(Math.max(1, lines.size()));
        return switch (this) {
            case OMITTED_LINE -> {
                if (!lines.isEmpty()) {
                    lines.remove(at);
                }
                yield new Said(lines, truth.complaints(), truth.status());
            }
            case FALSE_REMOVAL -> new Said(falseRemoval(lines, random), truth.complaints(), truth.status());
            case NOISE ->
                new Said(
                        lines,
                        List.of("Unable to determine path or stats for object 7 in tank/x@1: Input/output error"),
                        truth.status());
            case FAILURE ->
                new Said(
                        lines.subList(0, Math.min(at, lines.size())),
                        List.of("next allocated object (> 3007) find failure: No such file or directory"),
                        1);
            case GARBAGE -> {
                lines.add(Math.min(at, lines.size()), ascii("1795288300.190731795\tM\tF\n"));
                yield new Said(lines, truth.complaints(), truth.status());
            }
            case ON_DELETE_QUEUE -> {
                lines.add(Math.min(at, lines.size()), queued(lines));
                yield new Said(lines, truth.complaints(), truth.status());
            }
            case CUT_LINE -> {
                if (!lines.isEmpty()) {
                    byte[] last = lines.remove(lines.size() - 1);
                    lines.add(Arrays.copyOf(last, 1 + random.nextInt(last.length - 1)));
                }
                yield new Said(lines, truth.complaints(), truth.status());
            }
        };
    }

    private static List<byte[]> falseRemoval(List<byte[]> lines, Random random) {
        int start = random.nextInt(Math.max(1, lines.size()));
        for (int i = 0; i < lines.size(); i++) {
            int at = (start + i) % lines.size();
            String[] fields =
                    new String(lines.get(at), StandardCharsets.US_ASCII).strip().split("\t", -1);
            if (fields[1].equals("M") && fields[2].equals("F") && fields.length == 4) {
                lines.set(at, ascii(fields[0] + "\t-\tF\t" + fields[3] + "\n"));
                return lines;
            }
        }
        return lines;
    }

    private static byte[] queued(List<byte[]> lines) {
        String first = lines.isEmpty() ? "1\tM\tF\t/tank/x/f" : new String(lines.get(0), StandardCharsets.US_ASCII);
        String mountPoint = first.strip().split("\t", -1)[3].replaceAll("(/[^/]*/[^/]*).*", "$1");
        return ascii("1795288300.190731795\tM\tF\t" + mountPoint + "(on_delete_queue)\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
