package cofre.sheet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sheet tells.
 *
 * @param address the repository as restic is given it, without credentials
 * @param isServer whether that is a REST server, as against a directory
 * @param id the repository's id, hex
 * @param key the key's id, hex
 * @param keyFile its bytes, as text
 * @param passwordPlace where the password was when the sheet was made
 * @param password the password itself, when it is to be on the sheet
 * @param shares names of the shares kept there
 * @param notes what else is needed, a line each: certificates, credentials
 * @param host the host the sheet was made on
 * @param time when
 */
public record SheetFacts(
        String address,
        boolean isServer,
        String id,
        String key,
        String keyFile,
        String passwordPlace,
        Optional<String> password,
        List<String> shares,
        List<String> notes,
        String host,
        Instant time) {
    public SheetFacts {
        shares = List.copyOf(shares);
        notes = List.copyOf(notes);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "sheet of key " + key;
    }
}
