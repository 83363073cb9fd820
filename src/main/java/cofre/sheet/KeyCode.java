package cofre.sheet;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;

/** A key file as a QR code: the same bytes. Immutable. */
public final class KeyCode {
    /** Modules left white around it, without which readers do not find it; the standard's number. */
    static final int QUIET = 4;

    private final QrCode code;

    /**
     * The code of this key file; damage to an eighth of it can be put right.
     *
     * @throws IllegalArgumentException when it is too long for one code: some 2300 bytes, five times a usual one
     */
    public KeyCode(byte[] keyFile) {
        try {
            this.code = QrCode.encodeBinary(keyFile, QrCode.Ecc.MEDIUM);
        } catch (DataTooLongException e) {
            throw new IllegalArgumentException(
                    "cannot draw a code: " + keyFile.length + " bytes vs what fits into one", e);
        }
    }

    /** Modules on a side, with those left white around it. */
    int size() {
        return code.size + 2 * QUIET;
    }

    /** Whether the module in that column and row, counted from the top left, is black. */
    boolean isBlack(int x, int y) {
        return code.getModule(x - QUIET, y - QUIET); // false beyond its edges
    }

    /** Rows of bits, 1 for white, each row filled up to whole bytes: what PNG and PDF call gray with one bit. */
    byte[] rows(int scale, boolean filterByte) {
        int side = size() * scale;
        int head = filterByte ? 1 : 0;
        int stride = head + (side + 7) / 8;
        byte[] rows = new byte[stride * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (!isBlack(x / scale, y / scale)) {
                    rows[y * stride + head + x / 8] |= (byte) (0x80 >> (x % 8));
                }
            }
        }
        return rows;
    }
}
