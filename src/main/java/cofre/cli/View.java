package cofre.cli;

import java.io.PrintStream;

/** How the answer to a command looks to people. */
interface View {
    /** One row of a listing. */
    void item(PrintStream out, Row row);

    /** What the command came to; called only when it did not fail. */
    void end(PrintStream out, Row data);
}
