package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import cofre.format.PackId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code repair}: makes the best of a damaged repository: its index, its packs, its restore points, or what none of them has. */
final class RepairHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final Jobs jobs;
    private final RepairJobs repairs;

    RepairHandler(Commands.Parts parts, RepositoryWatch watch) {
        this.repositories = parts.repositories();
        this.jobs = parts.jobs();
        this.repairs = new RepairJobs(parts, watch);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("what", "repository", "packs", "forget", "read_all", "dry_run"));
        RepositorySettings settings =
                repositories.settings(Optional.of(request.args().needText("repository")));
        RepairJobs.Wanted wanted = new RepairJobs.Wanted(
                kind(request.args().needText("what")),
                packs(request.args().texts("packs")),
                request.args().flag("forget"),
                request.args().flag("read_all"),
                request.args().flag("dry_run"));
        new JobFollower(jobs).follow(repairs.submit(settings, wanted), reply);
    }

    private static RepairJobs.Kind kind(String what) throws CommandException {
        return Arrays.stream(RepairJobs.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(what))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        Exit.USAGE, "cannot repair \"" + what + "\" vs index, packs, snapshots or recover"));
    }

    private static Set<PackId> packs(List<String> names) throws CommandException {
        Set<PackId> packs = new HashSet<>();
        for (String name : names) {
            try {
                packs.add(PackId.parse(name));
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        Exit.USAGE,
                        "cannot repair pack \"" + name + "\": vs 64 hexadecimal digits, as cofre check names it");
            }
        }
        return packs;
    }
}
