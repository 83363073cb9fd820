package cofre.testkit;

/** The death of the process, as far as one test can have it. An error of its own kind, so that nothing takes it for a failure. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1;

    SimulatedCrash(String operation) {
        super("the process died at " + operation);
    }
}
