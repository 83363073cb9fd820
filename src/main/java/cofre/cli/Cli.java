package cofre.cli;

import cofre.control.Exit;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line as a whole. */
public final class Cli {
    private final Context context;

    /** @param defaultConfig the configuration file when {@code --config} is not given */
    public Cli(Launchers launchers, Terminal terminal, Path defaultConfig) {
        this.context = new Context(new Settings(defaultConfig), launchers, terminal);
    }

    /** Does what the arguments say and returns the exit status; called once. */
    public int run(String... args) {
        Terminal terminal = context.terminal();
        CommandLine root = commands();
        root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        root.setUsageHelpWidth(Math.min(100, Math.max(60, terminal.columns())));
        root.setParameterExceptionHandler(this::misused);
        root.setExecutionExceptionHandler((e, command, parsed) -> {
            terminal.err().println(Texts.text("fault", Safe.line(String.valueOf(e))));
            return Exit.FAILED;
        });
        int exit = root.execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return exit;
    }

    /** All commands there are. */
    CommandLine commands() {
        CommandLine root = new CommandLine(new Root(context.settings()));
        root.addSubcommand(new CommandLine(new DaemonCommand(context)));
        root.addSubcommand(new CommandLine(new RestServerCommand(context)));
        root.addSubcommand(new CommandLine(new InitCommand(context)));
        root.addSubcommand(new CommandLine(new BackupCommand(context)));
        root.addSubcommand(new CommandLine(new PointsCommand(context)));
        root.addSubcommand(new CommandLine(new LsCommand(context)));
        root.addSubcommand(new CommandLine(new RestoreCommand(context)));
        root.addSubcommand(new CommandLine(new InfoCommand(context)));
        root.addSubcommand(new CommandLine(new ForgetCommand(context)));
        root.addSubcommand(new CommandLine(new CheckCommand(context)));
        RepairCommand repair = new RepairCommand(context);
        CommandLine repairs = new CommandLine(repair);
        repair.all().forEach(repairs::addSubcommand);
        root.addSubcommand(repairs);
        root.addSubcommand(new CommandLine(new RepairCommand.Recover(context)));
        root.addSubcommand(new CommandLine(new StatusCommand(context)));
        root.addSubcommand(new CommandLine(new SnapshotCommand(context)));
        root.addSubcommand(new CommandLine(new UndeleteCommand(context)));
        root.addSubcommand(new CommandLine(new JobsCommand(context)));
        root.addSubcommand(new CommandLine(new CancelCommand(context)));
        root.addSubcommand(new CommandLine(new RunCommand(context)));
        root.addSubcommand(new CommandLine(new PauseCommand(context)));
        root.addSubcommand(new CommandLine(new ResumeCommand(context)));
        root.addSubcommand(new CommandLine(new VersionCommand(context)));
        KeyCommand key = new KeyCommand(context);
        CommandLine keys = new CommandLine(key);
        key.all().forEach(keys::addSubcommand);
        root.addSubcommand(keys);
        ConfigCommand config = new ConfigCommand(context);
        root.addSubcommand(new CommandLine(config).addSubcommand(config.check()));
        root.addSubcommand(new CommandLine(new SambaCommand(context)));
        root.addSubcommand(new CommandLine(new TrustCommand(context)));
        root.addSubcommand(new CommandLine(new AcceptCommand(context)));
        root.addSubcommand(new CommandLine(new CompletionCommand(context)));
        return root;
    }

    private int misused(ParameterException e, String[] args) {
        context.terminal().err().println(Safe.line(String.valueOf(e.getMessage())));
        context.terminal()
                .err()
                .println(Texts.text(
                        "usage.see", e.getCommandLine().getCommandSpec().qualifiedName()));
        return Exit.USAGE;
    }
}
