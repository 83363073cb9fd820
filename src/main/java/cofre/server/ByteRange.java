package cofre.server;

import java.util.Optional;

/**
 * The part of a file an answer carries.
 *
 * @param first offset of the first byte
 * @param length number of bytes, 0 for an empty file
 */
record ByteRange(long first, long length) {

    /** The header asks for bytes the file does not have, or is not a byte range. */
    static final class Unsatisfiable extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads a Range header. Several ranges in one header are not answered in parts: the RFC lets a server ignore them,
     * so the answer is "no range" and the whole file is sent.
     *
     * @return empty when the whole file is to be sent with status 200
     * @throws Unsatisfiable for status 416
     */
    static Optional<ByteRange> parse(String header, long size) throws Unsatisfiable {
        if (header == null || header.indexOf(',') >= 0) {
            return Optional.empty();
        }
        String spec = header.startsWith("bytes=") ? header.substring(6).trim() : "";
        int dash = spec.indexOf('-');
        if (dash < 0) {
            throw new Unsatisfiable();
        }
        String from = spec.substring(0, dash).trim();
        String to = spec.substring(dash + 1).trim();
        if (from.isEmpty()) {
            long wanted = Math.min(number(to), size);
            return checked(size - wanted, size - 1, size);
        }
        long first = number(from);
        long last = to.isEmpty() ? size - 1 : number(to);
        if (!to.isEmpty() && last < first) {
            throw new Unsatisfiable();
        }
        return checked(first, Math.min(last, size - 1), size);
    }

    private static Optional<ByteRange> checked(long first, long last, long size) throws Unsatisfiable {
        if (first >= size || last < first) {
            throw new Unsatisfiable();
        }
        return Optional.of(new ByteRange(first, last - first + 1));
    }

    private static long number(String digits) throws Unsatisfiable {
        // 18 digits always fit a long; no file is that large.
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Unsatisfiable();
        }
        return Long.parseLong(digits);
    }
}
