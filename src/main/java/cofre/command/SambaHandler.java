package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.previous.HostAdvice;
import cofre.previous.PreviousException;
import cofre.previous.SambaAdvice;
import cofre.previous.SambaShare;
import cofre.previous.SmbConf;
import cofre.previous.Testparm;
import cofre.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code samba}: the lines for smb.conf, and what the running configuration lacks. */
final class SambaHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final Sources sources;
    private final Farms farms;
    private final SambaFacts facts;

    /** With what is to be known of Samba and its host. */
    SambaHandler(Supplier<CofreConfig> config, Sources sources, Farms farms, SambaFacts facts) {
        this.config = config;
        this.sources = sources;
        this.farms = farms;
        this.facts = facts;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("share"));
        ShareSettings share = Shares.find(config.get(), request.args().needText("share"));
        if (!share.previousVersions().enabled()) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot show previous versions of share \"" + share.name() + "\": they are off vs on; set"
                            + " previous_versions = true");
        }
        List<String> findings = new ArrayList<>();
        String text = Failures.inCommand(() -> lines(share, findings));
        for (String finding : findings) {
            reply.item(Map.of("severity", "warning", "text", finding));
        }
        reply.result(findings.isEmpty() ? Exit.OK : Exit.FAILED, Map.of("text", text));
    }

    private String lines(ShareSettings share, List<String> findings) throws SourceException, PreviousException {
        SambaShare samba = new SambaShare(
                share.name(),
                sources.request(share).root(),
                share.previousVersions().farmDir());
        SambaAdvice advice = new SambaAdvice(samba);
        Optional<Testparm> program = facts.testparm().get();
        Optional<SmbConf> running =
                program.isPresent() ? Optional.of(program.get().read()) : Optional.empty();
        running.ifPresent(conf -> findings.addAll(advice.check(conf)));
        farms.of(share.previousVersions()).obstacle().ifPresent(findings::add);
        findings.addAll(HostAdvice.check(seen(share)));
        return String.join("\n", advice.lines(running));
    }

    private HostAdvice.Seen seen(ShareSettings share) throws SourceException {
        Optional<String> unmounted =
                share.previousVersions().showsRepository() ? facts.unmounted().get() : Optional.empty();
        if (share.source() instanceof ShareSource.Dataset dataset) {
            String snapDir = sources.datasets().find(dataset.dataset()).snapDir();
            return new HostAdvice.Seen(
                    Optional.of(dataset.dataset()),
                    snapDir,
                    facts.fileDescriptors().get(),
                    unmounted);
        }
        return new HostAdvice.Seen(Optional.empty(), "", facts.fileDescriptors().get(), unmounted);
    }
}
