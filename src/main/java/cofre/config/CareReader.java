package cofre.config;

/** Reads what a table {@code [repository.NAME]} says about looking after the repository. */
final class CareReader {
    private CareReader() {}

    /** @param usual where the repository is for everything else */
    static RepositoryCare read(Table table, RepositoryLocation usual) {
        return new RepositoryCare(
                table.schedule("check_schedule"),
                ForgetCare.read(table),
                PruneCare.read(table),
                LocationReader.maintenance(table, usual));
    }
}
