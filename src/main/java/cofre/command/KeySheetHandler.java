package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.PasswordSource;
import cofre.config.RepositoryLocation;
import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.repository.KeyChanges;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.seal.Secret;
import cofre.sheet.KeyCode;
import cofre.sheet.PdfFile;
import cofre.sheet.PngFile;
import cofre.sheet.RecoverySheet;
import cofre.sheet.SheetFacts;
import cofre.storage.BackendException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code key-sheet}: all a stranger with restic needs, but for the password, which is there only when it is asked for. */
final class KeySheetHandler implements CommandHandler {
    private static final Set<String> FORMS = Set.of("text", "png", "pdf");

    private final Supplier<CofreConfig> config;
    private final OpenRepositories repositories;

    KeySheetHandler(Supplier<CofreConfig> config, OpenRepositories repositories) {
        this.config = config;
        this.repositories = repositories;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", "form", "with_password"));
        String form = request.args().text("form").orElse("text");
        if (!FORMS.contains(form)) {
            throw new CommandException(Exit.USAGE, "cannot print a sheet: another form vs text, png or pdf");
        }
        boolean withPassword = request.args().flag("with_password");
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        SheetFacts facts = Failures.inCommand(() -> facts(settings, withPassword));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("repository", settings.name());
        data.put("key", facts.key());
        data.put("form", form);
        if (form.equals("text")) {
            data.put("text", RecoverySheet.text(facts));
        } else {
            data.put("file", Base64.getEncoder().encodeToString(file(form, facts)));
        }
        reply.result(Exit.OK, data);
    }

    private static byte[] file(String form, SheetFacts facts) throws CommandException {
        try {
            KeyCode code = new KeyCode(facts.keyFile().getBytes(StandardCharsets.UTF_8));
            return form.equals("png") ? PngFile.of(code) : PdfFile.of(RecoverySheet.text(facts), code);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    Exit.FAILED, e.getMessage() + "; nothing was printed; use cofre key sheet without --" + form);
        }
    }

    private SheetFacts facts(RepositorySettings settings, boolean withPassword)
            throws BackendException, RepositoryException, IOException, CommandException, InterruptedException {
        Repository repository = repositories.sessionNow(settings);
        return new SheetFacts(
                address(settings),
                settings.location() instanceof RepositoryLocation.Rest,
                repository.config().id().hex(),
                repository.keyId().hex(),
                new String(repository.exportKey(), StandardCharsets.UTF_8),
                place(settings),
                tried(settings, repository, withPassword),
                shares(settings),
                notes(settings),
                repository.host(),
                repository.now());
    }

    /** The password if it is wanted. A sheet that leads to a password that does not open its key would be worse than none. */
    private Optional<String> tried(RepositorySettings settings, Repository repository, boolean wanted)
            throws BackendException, IOException, CommandException {
        try (Secret password = repositories.password(settings)) {
            if (!new KeyChanges(repository).opensWith(password)) {
                throw new CommandException(
                        Exit.WRONG_PASSWORD,
                        "cannot print a sheet: the password the configuration leads to does not open key "
                                + repository.keyId() + " vs one that does; nothing was printed; was it changed? Put the"
                                + " new one there first");
            }
            if (!wanted) {
                return Optional.empty();
            }
            Optional<String> text =
                    password.reveal().filter(shown -> shown.chars().noneMatch(Character::isISOControl));
            if (text.isEmpty()) {
                throw new CommandException(
                        Exit.FAILED,
                        "cannot print the password: it is no line of text vs one that can be typed; nothing was printed;"
                                + " leave out --with-password, and keep a copy of the file");
            }
            return text;
        }
    }

    private static String address(RepositorySettings settings) {
        return settings.location() instanceof RepositoryLocation.Rest rest
                ? "rest:" + rest.base()
                : settings.location().place();
    }

    private static String place(RepositorySettings settings) {
        return settings.password() instanceof PasswordSource.File file
                ? "in " + file.path()
                : "printed by "
                        + ((PasswordSource.Command) settings.password()).argv().get(0);
    }

    private List<String> shares(RepositorySettings settings) {
        return config.get().shares().values().stream()
                .filter(share -> share.repository().equals(settings.name()))
                .map(share -> share.name())
                .toList();
    }

    private static List<String> notes(RepositorySettings settings) {
        List<String> notes = new ArrayList<>();
        if (settings.location() instanceof RepositoryLocation.Rest rest) {
            boolean asks =
                    rest.credentials().isPresent() || rest.credentialsFile().isPresent();
            if (asks) {
                notes.add("The server asks for a user and a password of its own; the address is then");
                notes.add("rest:https://USER:PASSWORD@...  They are: ______________________________________");
            }
            settings.tls()
                    .ca()
                    .ifPresent(file ->
                            notes.add("restic needs --cacert FILE: the server's certificate, a copy of " + file));
            settings.tls()
                    .clientCert()
                    .ifPresent(file ->
                            notes.add("restic needs --tls-client-cert FILE: certificate and key, copies of " + file));
        }
        return notes;
    }
}
