package cofre.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at the files a configuration names, and at its own: a secret others may read is no secret, and a program others
 * may replace is not ours (fault H15).
 */
public final class ConfigFiles {
    private static final int OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;
    private static final int ANY_EXECUTE = 0111;

    private static final String PATTERN =
            "a name or path in which * ? [a-z] and ** may stand for others: every [ has its ],"
                    + " and a backslash has something behind it to be taken as it is";

    private final int ownUid;
    private final Predicate<String> isPattern;

    /**
     * @param ownUid the uid this process runs as; its own files and root's are trusted
     * @param isPattern whether what is excluded can be understood by those who exclude it
     */
    public ConfigFiles(int ownUid, Predicate<String> isPattern) {
        this.ownUid = ownUid;
        this.isPattern = isPattern;
    }

    /**
     * Reads, parses and checks a configuration file and all it names.
     *
     * @throws ConfigException with every fault found
     */
    public CofreConfig load(Path file) throws ConfigException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(new ConfigFault(0, "", "no file " + file, "a readable file")));
        } catch (IOException e) {
            throw new ConfigException(List.of(
                    new ConfigFault(0, "", file + ": " + e.getClass().getSimpleName(), "a readable text in UTF-8")));
        }
        CofreConfig config = ConfigReader.parse(text);
        List<ConfigFault> faults = new ArrayList<>(check(config, KeyLines.of(text)));
        faults.addAll(checkItself(file, config));
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return config;
    }

    private List<ConfigFault> check(CofreConfig config, KeyLines lines) {
        Faults faults = new Faults(lines);
        config.repositories().forEach((name, repository) -> {
            List<String> path = List.of("repository", name);
            if (repository.password() instanceof PasswordSource.File file) {
                secret(faults, below(path, "password_file"), file.path());
            } else if (repository.password() instanceof PasswordSource.Command command) {
                program(
                        faults,
                        below(path, "password_command"),
                        Path.of(command.argv().get(0)));
            }
            if (repository.location() instanceof RepositoryLocation.Rest rest) {
                rest.credentialsFile().ifPresent(f -> secret(faults, below(path, "credentials_file"), f));
                repository
                        .care()
                        .maintenance()
                        .flatMap(RepositoryLocation.Rest::credentialsFile)
                        .filter(f -> !rest.credentialsFile().equals(Optional.of(f)))
                        .ifPresent(f -> secret(faults, below(path, "maintenance_credentials_file"), f));
            }
            TlsFiles tls = repository.tls();
            tls.ca().ifPresent(f -> readable(faults, below(path, "ca_file"), f));
            tls.clientCert().ifPresent(f -> readable(faults, below(path, "client_cert"), f));
            tls.clientKey().ifPresent(f -> secret(faults, below(path, "client_key"), f));
        });
        config.shares()
                .values()
                .forEach(share -> share.exclude().stream()
                        .filter(isPattern.negate())
                        .forEach(bad ->
                                faults.add(List.of("share", share.name(), "exclude"), Faults.quoted(bad), PATTERN)));
        config.daemon().zfs().ifPresent(f -> program(faults, List.of("daemon", "zfs"), f));
        return faults.inOrder();
    }

    private static List<String> below(List<String> path, String key) {
        return List.of(path.get(0), path.get(1), key);
    }

    private List<ConfigFault> checkItself(Path file, CofreConfig config) {
        boolean holdsSecret = config.repositories().values().stream()
                .anyMatch(r -> r.location() instanceof RepositoryLocation.Rest rest
                        && rest.credentials().isPresent());
        int forbidden = holdsSecret ? OTHERS : OTHERS_WRITE;
        String expected = holdsSecret
                ? "readable by its owner only, since a url in it holds a password: chmod 600 " + file
                : "writable by its owner only: chmod go-w " + file;
        List<ConfigFault> faults = new ArrayList<>();
        status(file).ifPresent(s -> {
            if ((s.mode & forbidden) != 0) {
                faults.add(new ConfigFault(0, file.toString(), s.shownMode(), expected));
            }
            if (!isTrusted(s)) {
                faults.add(new ConfigFault(0, file.toString(), "owner uid " + s.uid, "owner root or uid " + ownUid));
            }
        });
        return faults;
    }

    private void secret(Faults faults, List<String> path, Path file) {
        Status s = file(faults, path, file);
        if (s != null && (s.mode & OTHERS) != 0) {
            faults.add(path, s.shownMode(), "a file only its owner can read: chmod 600 " + file);
        }
    }

    private void program(Faults faults, List<String> path, Path file) {
        Status s = file(faults, path, file);
        if (s != null && ((s.mode & OTHERS_WRITE) != 0 || (s.mode & ANY_EXECUTE) == 0)) {
            faults.add(path, s.shownMode(), "a program only its owner can change: chmod 755 " + file);
        }
    }

    private void readable(Faults faults, List<String> path, Path file) {
        Status s = file(faults, path, file);
        if (s != null && (s.mode & OTHERS_WRITE) != 0) {
            faults.add(path, s.shownMode(), "a file only its owner can change: chmod 644 " + file);
        }
    }

    /** What the file is, or null after a fault was noted. */
    private Status file(Faults faults, List<String> path, Path file) {
        Optional<Status> status = status(file);
        if (status.isEmpty()) {
            faults.add(path, "no file " + file, "a file that exists and can be looked at");
            return null;
        }
        if (!status.get().regular) {
            faults.add(path, file + " is no file", "a regular file");
            return null;
        }
        if (!isTrusted(status.get())) {
            faults.add(
                    path,
                    "owner uid " + status.get().uid,
                    "owner root or uid " + ownUid + ": chown " + ownUid + " " + file);
        }
        return status.get();
    }

    private boolean isTrusted(Status status) {
        return status.uid == 0 || status.uid == ownUid;
    }

    private record Status(int mode, int uid, boolean regular) {
        String shownMode() {
            return "mode " + Integer.toOctalString(mode & 07777);
        }
    }

    private static Optional<Status> status(Path file) {
        try {
            Map<String, Object> read = Files.readAttributes(file, "unix:mode,uid,isRegularFile");
            return Optional.of(new Status(
                    (Integer) read.get("mode"), (Integer) read.get("uid"), (Boolean) read.get("isRegularFile")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
