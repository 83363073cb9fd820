package cofre.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our server in a process of its own, so that it can be short of memory or be killed. */
record ServerProcess(Process process, URI address) implements RunningServer {

    static ServerProcess start(Path folder, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServeFolder.class.getName()));
        command.addAll(List.of("127.0.0.1:0", folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(new File(folder + ".stderr"))
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) {
                return new ServerProcess(process, URI.create(line.substring(6)));
            }
        }
        throw new IOException("the server did not start; see " + folder + ".stderr");
    }

    /** As SIGKILL does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
