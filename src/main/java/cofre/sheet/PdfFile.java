package cofre.sheet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sheet and its code as a PDF of A4 pages (ISO 32000): one of the fonts every reader has, so nothing is embedded. */
public final class PdfFile {
    private static final Charset FONT_LETTERS = Charset.forName("windows-1252");

    /** Points: A4, its margin, a line, a letter of Courier at that size, the code's side (8 cm). */
    private static final int WIDTH = 595;

    private static final int HEIGHT = 842;
    private static final int MARGIN = 40;
    private static final int LEADING = 10;
    private static final int FONT_SIZE = 8;
    private static final double LETTER = 0.6 * FONT_SIZE;
    private static final int CODE = 227;

    static final int COLUMNS = (int) ((WIDTH - 2 * MARGIN) / LETTER);
    private static final int LINES = (HEIGHT - 2 * MARGIN) / LEADING;
    private static final int LINES_OF_CODE = CODE / LEADING + 1;

    private final List<byte[]> objects = new ArrayList<>();

    private PdfFile() {}

    /**
     * The file. A line longer than the page is wide goes on below, with {@code > } before it.
     *
     * @throws IllegalArgumentException when the text has a letter the font lacks: a command with another in its place would
     *     not work
     */
    public static byte[] of(String text, KeyCode code) {
        if (!FONT_LETTERS.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "cannot make a PDF: the sheet has a letter beyond western Europe's vs those of its font");
        }
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> wrap(line, lines));
        return new PdfFile().file(lines, code);
    }

    private static void wrap(String line, List<String> into) {
        String rest = line;
        while (rest.length() > COLUMNS) {
            into.add(rest.substring(0, COLUMNS));
            rest = "> " + rest.substring(COLUMNS);
        }
        into.add(rest);
    }

    private byte[] file(List<String> lines, KeyCode code) {
        int lastLines = lines.size() % LINES;
        int textPages = (lines.size() + LINES - 1) / LINES;
        boolean fits = lastLines != 0 && lastLines + LINES_OF_CODE <= LINES;
        int pages = textPages + (fits ? 0 : 1);
        add("<< /Type /Catalog /Pages 2 0 R >>");
        StringBuilder kids = new StringBuilder();
        for (int page = 0; page < pages; page++) {
            kids.append(5 + 2 * page).append(" 0 R ");
        }
        add("<< /Type /Pages /Kids [" + kids + "] /Count " + pages + " >>");
        add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
        image(code);
        for (int page = 0; page < pages; page++) {
            add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + WIDTH + " " + HEIGHT + "] /Contents " + (6 + 2 * page)
                    + " 0 R /Resources << /Font << /F 3 0 R >> /XObject << /Q 4 0 R >> >> >>");
            int from = Math.min(lines.size(), page * LINES);
            List<String> own = lines.subList(from, Math.min(lines.size(), from + LINES));
            stream("", (text(own) + (page == pages - 1 ? drawn() : "")).getBytes(FONT_LETTERS));
        }
        return joined();
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder("BT /F " + FONT_SIZE + " Tf " + LEADING + " TL " + MARGIN + " "
                + (HEIGHT - MARGIN - FONT_SIZE) + " Td\n");
        for (String line : lines) {
            text.append('(')
                    .append(line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
                    .append(") Tj T*\n");
        }
        return text.append("ET\n").toString();
    }

    private static String drawn() {
        return "q " + CODE + " 0 0 " + CODE + " " + (WIDTH - MARGIN - CODE) + " " + MARGIN + " cm /Q Do Q\n";
    }

    private void image(KeyCode code) {
        stream(
                "/Type /XObject /Subtype /Image /Width " + code.size() + " /Height " + code.size()
                        + " /ColorSpace /DeviceGray /BitsPerComponent 1 ",
                code.rows(1, false));
    }

    private void stream(String entries, byte[] content) {
        byte[] deflated = Deflated.of(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("<< " + entries + "/Filter /FlateDecode /Length " + deflated.length + " >>\nstream\n"));
        out.writeBytes(deflated);
        out.writeBytes(ascii("\nendstream"));
        objects.add(out.toByteArray());
    }

    private void add(String object) {
        objects.add(ascii(object));
    }

    private byte[] joined() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("%PDF-1.4\n"));
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < objects.size(); i++) {
            places.append(String.format(Locale.ROOT, "%010d 00000 n \n", out.size()));
            out.writeBytes(ascii((i + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(i));
            out.writeBytes(ascii("\nendobj\n"));
        }
        int table = out.size();
        int entries = objects.size() + 1;
        out.writeBytes(ascii("xref\n0 " + entries + "\n0000000000 65535 f \n" + places + "trailer\n<< /Size " + entries
                + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
