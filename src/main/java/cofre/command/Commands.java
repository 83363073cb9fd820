package cofre.command;

import cofre.backup.BackupRun;
import cofre.config.CofreConfig;
import cofre.control.CommandHandler;
import cofre.daemon.Jobs;
import cofre.path.RawPath;
import cofre.repository.Repository;
import cofre.restore.RestoreTarget;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** All commands of the daemon, by the name the control protocol gives them. */
public final class Commands {
    /**
     * What commands work with.
     *
     * @param config the configuration as it is now
     * @param repositories the repositories of it
     * @param sources what shares are read from
     * @param memories what this host remembers
     * @param held which views must stay
     * @param upkeep what follows a run
     * @param farms where previous versions are shown
     * @param jobs where long work is done
     * @param scheduling what is done by itself, and when
     * @param tools what a backup into a repository needs
     * @param runIds a new run id each time
     * @param targets opens a directory to restore into
     * @param samba what is to be known of Samba
     * @param threads how many parts of packs a restore works on at once
     * @param daemon who answers
     */
    public record Parts(
            Supplier<CofreConfig> config,
            OpenRepositories repositories,
            Sources sources,
            Memories memories,
            HeldViews held,
            ShareUpkeep upkeep,
            Farms farms,
            Jobs jobs,
            Scheduling scheduling,
            Function<Repository, BackupRun.Tools> tools,
            Supplier<String> runIds,
            Function<RawPath, RestoreTarget> targets,
            SambaFacts samba,
            int threads,
            Daemon daemon) {}

    /**
     * What there is to say of the daemon itself.
     *
     * @param uid its user, who may do what root may
     * @param pid its process
     * @param since when it started
     * @param facts of the program, as {@code version} tells them
     */
    public record Daemon(long uid, long pid, Instant since, Map<String, String> facts) {}

    private Commands() {}

    /** The handlers. */
    public static Map<String, CommandHandler> all(Parts parts) {
        OneAtATime turns = new OneAtATime();
        RepositoryWatch watch = new RepositoryWatch(parts.memories());
        Undelete undelete = new Undelete(parts.repositories(), parts.memories(), watch, parts.upkeep());
        long uid = parts.daemon().uid();
        Map<String, CommandHandler> all = new TreeMap<>();
        all.put("init", new OwnerOnly("make a repository", uid, new InitHandler(parts.repositories(), watch)));
        all.put(
                "backup",
                new BackupHandler(
                        parts.config(), new BackupJobs(new ShareBackups(parts, watch), parts.jobs()), parts.jobs()));
        all.put("snapshot", new SnapshotHandler(parts.config(), new SnapshotJobs(parts), parts.jobs()));
        all.put("points", new PointsHandler(parts.repositories(), undelete));
        all.put("ls", new LsHandler(parts.repositories(), turns));
        all.put(
                "restore",
                new OwnerOnly(
                        "restore",
                        uid,
                        new RestoreHandler(parts.repositories(), parts.targets(), parts.jobs(), parts.threads())));
        all.put("info", new InfoHandler(parts.repositories(), turns));
        all.put("check", new CheckHandler(parts));
        all.put(
                "status",
                new StatusHandler(
                        parts.config(),
                        parts.memories(),
                        watch,
                        parts.jobs(),
                        parts.scheduling(),
                        parts.upkeep(),
                        parts.daemon()));
        all.put("accept", new OwnerOnly("accept a repository", uid, new AcceptHandler(parts.repositories(), watch)));
        all.put(
                "forget",
                new OwnerOnly(
                        "forget restore points",
                        uid,
                        new ForgetHandler(parts.config(), new ShareForgetting(parts, watch), parts.jobs())));
        all.put(
                "undelete",
                new OwnerOnly(
                        "bring back restore points",
                        uid,
                        new UndeleteHandler(parts.repositories(), undelete, parts.jobs())));
        all.put("jobs", new JobsHandler(parts.jobs()));
        all.put("cancel", new OwnerOnly("cancel jobs", uid, new CancelHandler(parts.jobs())));
        all.put("run", new OwnerOnly("run tasks", uid, new RunHandler(new TaskJobs(parts, watch), parts.jobs())));
        all.put(
                "pause",
                new OwnerOnly("pause schedules", uid, new PauseHandler(parts.config(), parts.scheduling(), true)));
        all.put(
                "resume",
                new OwnerOnly("resume schedules", uid, new PauseHandler(parts.config(), parts.scheduling(), false)));
        all.put("repair", new OwnerOnly("repair a repository", uid, new RepairHandler(parts, watch)));
        all.put("trust", new TrustHandler(parts.config(), parts.memories()));
        all.putAll(keys(parts.repositories(), watch, uid));
        all.put(
                "key-sheet",
                new OwnerOnly("print a sheet", uid, new KeySheetHandler(parts.config(), parts.repositories())));
        all.put("samba", new SambaHandler(parts.config(), parts.sources(), parts.farms(), parts.samba()));
        return all;
    }

    /** Who has a key can read everything, and who can make or remove keys decides who has one. */
    private static Map<String, CommandHandler> keys(OpenRepositories repositories, RepositoryWatch watch, long uid) {
        Map<String, CommandHandler> keys = new TreeMap<>();
        keys.put("key-export", new OwnerOnly("export a key", uid, new KeyExportHandler(repositories)));
        keys.put("key-list", new OwnerOnly("list keys", uid, new KeyListHandler(repositories)));
        keys.put("key-add", new OwnerOnly("add a key", uid, new KeyAddHandler(repositories, watch)));
        keys.put("key-remove", new OwnerOnly("remove a key", uid, new KeyRemoveHandler(repositories)));
        keys.put("key-passwd", new OwnerOnly("change a password", uid, new KeyPasswordHandler(repositories, watch)));
        return keys;
    }
}
