package cofre.sheet;

import cofre.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The text of a sheet. Whoever saves it as {@code sheet.txt} can run its commands as they stand, in the order of the text;
 * a test does.
 */
public final class RecoverySheet {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Enough to see how it goes; a page has an end. */
    private static final int MAX_SHARES = 8;

    private final SheetFacts facts;
    private final StringBuilder text = new StringBuilder();

    private RecoverySheet(SheetFacts facts) {
        this.facts = facts;
    }

    /** The text; its last line is the checksum of all before, and ends without a line break. */
    public static String text(SheetFacts facts) {
        return new RecoverySheet(facts).whole();
    }

    private String whole() {
        line("RECOVERY SHEET", "Made " + TIME.format(facts.time()) + " on " + facts.host() + ".", "");
        line(
                "With this sheet and the password, anybody gets the files back that were backed up there. Needed",
                "besides: any computer with restic (https://restic.net, 0.14 or newer). cofre is not needed. Keep",
                "the sheet away from that machine, and the password apart from the sheet. On paper a long line",
                "goes on below, after >.",
                "");
        line("repository  " + facts.address(), "id          " + facts.id(), "key         " + facts.key());
        facts.notes().forEach(note -> line("note        " + note));
        password();
        key();
        restore();
        line("", "The last line is the checksum of all lines above it:  sed '$d' sheet.txt | sha256sum");
        Sha256 hash = Sha256.hash(text.toString().getBytes(StandardCharsets.UTF_8));
        return text + hash.hex();
    }

    private void password() {
        line("", "1  The password");
        if (facts.password().isPresent()) {
            line("   It is here: keep this sheet as you would the files themselves.");
            command("printf '%s\\n' " + quoted(facts.password().get()) + " > password");
        } else {
            line("   It is not on this sheet. It was " + facts.passwordPlace() + " of " + facts.host() + ";");
            line(
                    "   where else it is: ____________________________________________  Put it into a file named password.");
        }
        command("chmod 600 password");
    }

    private void key() {
        line(
                "",
                "2  The key, if it is lost: restic says \"no key found\" or \"wrong password\". Otherwise go on with 3.");
        line("   The code holds the same bytes as the line that begins with {. Save this sheet as sheet.txt, or");
        line("   scan the code at 300 dpi or more:  zbarimg --raw -q -Sbinary PAGE > key");
        command("grep '^{' sheet.txt | tr -d '\\n' > key");
        line("   It is right when this prints the key's id (FreeBSD: sha256 key):");
        command("sha256sum key");
        if (facts.isServer()) {
            line("   Give it to the server (its administrator can also put it into the repository's directory keys):");
            String url = facts.address().substring("rest:".length()) + "keys/" + facts.key();
            line("   curl --fail --user USER --data-binary @key " + quoted(url));
        } else {
            command("cp key " + quoted(facts.address() + "/keys/" + facts.key()));
        }
        line("", facts.keyFile(), "");
    }

    private void restore() {
        line("3  The files");
        command("export RESTIC_REPOSITORY=" + quoted(facts.address()));
        command("export RESTIC_PASSWORD_FILE=password");
        command("restic snapshots");
        List<String> shares = facts.shares();
        if (shares.isEmpty()) {
            command("restic restore latest --target restored");
        }
        for (String share : shares.subList(0, Math.min(MAX_SHARES, shares.size()))) {
            command("restic restore latest --tag " + quoted("share=" + share) + " --target restored");
        }
        line("   An older state: the same with its id, as restic snapshots shows it, in place of latest and --tag.");
    }

    private void command(String command) {
        line("   $ " + command);
    }

    private void line(String... lines) {
        for (String each : lines) {
            text.append(each).append('\n');
        }
    }

    /** As one word of a shell. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
