package cofre.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The users and their password hashes. Looks at the file again when 30 seconds have passed since the last look; a file
 * that has become unreadable leaves the users as they were, with a warning. Thread-safe.
 */
final class HtpasswdFile {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    /** rest-server's rule for names; it also keeps them fit for a folder and for a log line. */
    private static final Pattern USER = Pattern.compile("[\\p{L}\\d@._-]+");
    /** 10,000 users with room for comments; a larger file is not an htpasswd file. */
    private static final long MAX_BYTES = 4 << 20;

    private final Path file;
    private final Clock clock;
    private volatile Loaded loaded;

    private record Loaded(Map<String, PasswordHash> users, Object version, Instant looked) {}

    /** @throws ServerException.BadPasswordFile when it cannot be read or is open to changes by others */
    HtpasswdFile(Path file, Clock clock) throws ServerException.BadPasswordFile {
        this.file = file;
        this.clock = clock;
        reload();
    }

    /** The hash of a user's password. */
    Optional<PasswordHash> of(String user) {
        Loaded current = loaded;
        Instant now = clock.instant();
        if (Duration.between(current.looked, now).abs().compareTo(LOOK_AGAIN) >= 0) {
            lookAgain(current, now);
        }
        return Optional.ofNullable(loaded.users.get(user));
    }

    /** A hash as costly as the users' own, to verify in vain for users that do not exist. */
    Optional<PasswordHash> decoy() {
        return loaded.users.values().stream().findFirst();
    }

    /** Reads the file now. */
    synchronized void reload() throws ServerException.BadPasswordFile {
        try {
            Object version = version();
            loaded = new Loaded(read(), version, clock.instant());
        } catch (NoSuchFileException e) {
            throw new ServerException.BadPasswordFile(
                    "cannot read htpasswd file " + file + ": it does not exist; make it with \"htpasswd -B -c " + file
                            + " USER\"",
                    e);
        } catch (IOException e) {
            throw new ServerException.BadPasswordFile(
                    "cannot read htpasswd file " + file + ": " + e.getMessage() + "; the users stay as they were", e);
        }
    }

    private synchronized void lookAgain(Loaded seen, Instant now) {
        if (!loaded.looked.equals(seen.looked)) {
            return;
        }
        loaded = new Loaded(seen.users, seen.version, now);
        try {
            if (!version().equals(seen.version)) {
                reload();
                Log.HTTP.info("htpasswd file {} has changed: users={}", file, loaded.users.size());
            }
        } catch (IOException | ServerException.BadPasswordFile e) {
            Log.HTTP.warn("{}; the users stay as they were", e.getMessage());
        }
    }

    /** Changes when the file is edited in place or replaced. */
    private Object version() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    }

    private Map<String, PasswordHash> read() throws IOException {
        refuseIfOthersMayWrite();
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        Map<String, PasswordHash> users = new HashMap<>();
        int number = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                addUser(users, line, number);
            }
        }
        return Map.copyOf(users);
    }

    private void addUser(Map<String, PasswordHash> users, String line, int number) {
        int colon = line.indexOf(':');
        String user = colon < 0 ? "" : line.substring(0, colon);
        Optional<PasswordHash> hash =
                PasswordHash.parse(line.substring(colon + 1).trim());
        if (!USER.matcher(user).matches() || hash.isEmpty()) {
            // Not fatal: one bad line must not lock all others out. The line itself may hold a secret.
            Log.HTTP.warn(
                    "htpasswd file {} line {} is left out: expected USER:HASH with bcrypt or {{SHA}}", file, number);
            return;
        }
        users.put(user, hash.get());
    }

    private void refuseIfOthersMayWrite() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("everybody may write to it; run \"chmod o-w " + file + "\"");
        }
    }
}
