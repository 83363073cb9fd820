package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
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
    private final ShareUpkeep upkeep;
    private final Supplier<Optional<Testparm>> testparm;

    /** With a way to read Samba's own configuration, where Samba is installed. */
    SambaHandler(
            Supplier<CofreConfig> config, Sources sources, ShareUpkeep upkeep, Supplier<Optional<Testparm>> testparm) {
        this.config = config;
        this.sources = sources;
        this.upkeep = upkeep;
        this.testparm = testparm;
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
        Optional<Testparm> program = testparm.get();
        Optional<SmbConf> running =
                program.isPresent() ? Optional.of(program.get().read()) : Optional.empty();
        running.ifPresent(conf -> findings.addAll(advice.check(conf)));
        upkeep.farm(share.previousVersions()).obstacle().ifPresent(findings::add);
        return String.join("\n", advice.lines(running));
    }
}
