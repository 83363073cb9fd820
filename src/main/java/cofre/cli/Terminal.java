package cofre.cli;

import cofre.progress.Ticker;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Where the command line speaks to.
 *
 * @param out results, UTF-8
 * @param err everything else, UTF-8
 * @param interactive whether a person watches {@code err} on a terminal
 * @param columns the terminal's width
 * @param ticker time for durations
 * @param interrupts takes what is to be done each time the person presses Ctrl-C
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean interactive,
        int columns,
        Ticker ticker,
        Consumer<Runnable> interrupts) {}
