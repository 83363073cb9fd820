package cofre.config;

/** Reads what a table {@code [repository.NAME]} says about looking after the repository. */
final class CareReader {
    private CareReader() {}

    static RepositoryCare read(Table table) {
        return new RepositoryCare(table.schedule("check_schedule"), ForgetCare.read(table));
    }
}
