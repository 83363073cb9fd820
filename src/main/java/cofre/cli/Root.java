package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cofre} itself: the options every command has. */
@Command(name = "cofre", resourceBundle = Texts.BUNDLE, mixinStandardHelpOptions = false)
final class Root implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    Root(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), Texts.text("usage.noCommand"));
    }
}
