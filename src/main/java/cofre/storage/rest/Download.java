package cofre.storage.rest;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a file's bytes out of an answer: exactly as many as there have to be.
 *
 * @param file which file it should be
 * @param failure names the trouble
 */
record Download(FileHandle file, Failure failure) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15}|\\*)");
    private static final int FIRST_GUESS = 64 * 1024;
    /** Believed at once; memory for more is taken as the bytes arrive. */
    private static final int BELIEVED = 32 << 20;

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** The whole file of at most {@code maxLength} bytes, which hash to its name. */
    byte[] whole(Answer answer, long maxLength) throws IOException, BackendException {
        if (answer.status() != 200) {
            throw failure.ofStatus(answer);
        }
        Optional<Long> announced = answer.contentLength();
        if (announced.isPresent() && announced.get() > maxLength) {
            throw failure.corrupt("it has " + announced.get() + " bytes vs at most " + maxLength);
        }
        if (announced.isEmpty() && answer.body() instanceof Body.UntilClose && file.type() == FileType.CONFIG) {
            // Neither length nor hash: a cut could not be told from the end.
            throw failure.damage("its answer tells no length", null);
        }
        long guess = Math.min(announced.orElse((long) FIRST_GUESS), BELIEVED);
        byte[] bytes = upTo(answer, (int) Math.min(maxLength, LONGEST_ARRAY), (int) guess);
        if (file.type() != FileType.CONFIG && !sha256(bytes).equals(file.name())) {
            // Often the answer to another question on a connection out of step.
            throw failure.damage("its " + bytes.length + " bytes do not hash to the name", null);
        }
        return bytes;
    }

    /** The bytes asked for, no more and no fewer. */
    Optional<BackendException> range(Answer answer, long offset, byte[] into, int at, int length)
            throws IOException, BackendException {
        if (answer.status() == 200) {
            throw failure.corrupt("it answers with the whole file vs bytes " + offset + " to " + (offset + length - 1));
        }
        if (answer.status() != 206) {
            throw failure.ofStatus(answer);
        }
        checkRange(answer.header("content-range").orElse(""), offset, length);
        long announced = answer.contentLength().orElse((long) length);
        if (announced != length) {
            throw failure.damage("it sends " + announced + " bytes vs " + length, null);
        }
        fill(answer, into, at, length);
        if (answer.body().read() >= 0) {
            throw failure.damage("it sends more than " + length + " bytes", null);
        }
        return Optional.empty();
    }

    private void checkRange(String header, long offset, int length) throws BackendException {
        Matcher range = CONTENT_RANGE.matcher(header);
        if (!range.matches()) {
            throw failure.damage("it does not say which bytes it sends", null);
        }
        long first = Numbers.decimal(range.group(1));
        long last = Numbers.decimal(range.group(2));
        long total = Numbers.decimal(range.group(3));
        if (first == offset && last < offset + length - 1 && total == last + 1) {
            throw failure.corrupt("it has " + total + " bytes vs at least " + (offset + length));
        }
        if (first != offset || last != offset + length - 1) {
            throw failure.damage(
                    "it sends bytes " + first + " to " + last + " vs " + offset + " to " + (offset + length - 1), null);
        }
    }

    private byte[] upTo(Answer answer, int maxLength, int guess) throws IOException, BackendException {
        byte[] bytes = new byte[Math.min(maxLength, guess)];
        int length = 0;
        while (true) {
            if (length == bytes.length) {
                int next = answer.body().read();
                if (next < 0) {
                    break;
                }
                if (length == maxLength) {
                    throw failure.corrupt("it has more than the " + maxLength + " bytes it may have");
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(maxLength, 2L * length + FIRST_GUESS));
                bytes[length++] = (byte) next;
                continue;
            }
            int got = answer.body().read(bytes, length, bytes.length - length);
            if (got < 0) {
                break;
            }
            length += got;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static void fill(Answer answer, byte[] into, int at, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int got = answer.body().read(into, at + done, length - done);
            if (got < 0) {
                throw new EOFException("the answer ended after " + done + " of " + length + " bytes");
            }
            done += got;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
