package cofre.command;

import cofre.DaemonInProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A share with a few files, and a repository in a directory beside it. */
record LocalSetup(Path dir) {
    static final String PASSWORD = "canary-password-7d1f";

    Path live() {
        return dir.resolve("live");
    }

    Path repository() {
        return dir.resolve("repo");
    }

    Path passwordFile() {
        return dir.resolve("password");
    }

    LocalSetup writeFiles() throws IOException {
        Files.createDirectories(live().resolve("sub"));
        Files.writeString(live().resolve("a.txt"), "hello\n");
        Files.writeString(live().resolve("sub/b.txt"), "a longer text\n".repeat(1000));
        DaemonInProcess.secret(passwordFile(), PASSWORD + "\n");
        return this;
    }

    String repositoryTable(String url, String... more) {
        return "[repository.r]\nurl = \"" + url + "\"\npassword_file = \"" + passwordFile() + "\"\n"
                + String.join("\n", more) + "\n";
    }

    String shareTable(String name, Path directory, String... more) {
        return "[share." + name + "]\nrepository = \"r\"\ndirectory = \"" + directory + "\"\n" + String.join("\n", more)
                + "\n";
    }

    DaemonInProcess daemon() throws Exception {
        return new DaemonInProcess(dir, repositoryTable(repository().toString()), shareTable("s", live()));
    }

    /** The files of one folder of the repository. */
    List<Path> stored(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(repository().resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    Path onlyOne(String folder) throws IOException {
        List<Path> files = stored(folder);
        if (files.size() != 1) {
            throw new AssertionError(folder + " has " + files.size() + " files vs 1");
        }
        return files.get(0);
    }

    /** Replaces a stored file, which no writer of ours could do. */
    static void overwrite(Path file, byte[] content) throws IOException {
        Files.delete(file);
        Files.write(file, content);
    }
}
