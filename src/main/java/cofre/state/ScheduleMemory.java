package cofre.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far scheduled tasks have come, and which are paused. A file that is damaged counts as none: then tasks wait for their
 * next due time, and nothing is paused. Thread-safe.
 */
public final class ScheduleMemory {
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicFile file;

    /** What is kept in this file. */
    public ScheduleMemory(Path file) {
        this.file = new AtomicFile(file);
    }

    /**
     * How far a task has come.
     *
     * @param schedule as written
     * @param since due times up to here have been dealt with
     * @param begun how often what is due after that was begun and has not ended
     */
    public record Task(String schedule, Instant since, int begun) {}

    /**
     * All that is remembered.
     *
     * @param tasks by name
     * @param allPaused whether everything is paused
     * @param paused names of tasks that are paused
     */
    public record Tasks(Map<String, Task> tasks, boolean allPaused, Set<String> paused) {
        /** Nothing remembered. */
        public static final Tasks NONE = new Tasks(Map.of(), false, Set.of());

        public Tasks {
            tasks = Map.copyOf(tasks);
            paused = Set.copyOf(paused);
        }
    }

    /** What is remembered. */
    public synchronized Tasks read() throws IOException {
        byte[] bytes = file.read().orElse(new byte[0]);
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("version").asInt() != VERSION) {
                return Tasks.NONE;
            }
            Map<String, Task> tasks = new TreeMap<>();
            json.path("tasks").properties().forEach(task -> tasks.put(task.getKey(), task(task.getValue())));
            Set<String> paused = new TreeSet<>();
            json.path("paused").forEach(name -> paused.add(name.asText()));
            return new Tasks(tasks, json.path("all_paused").asBoolean(), paused);
        } catch (JsonProcessingException | DateTimeException e) {
            return Tasks.NONE;
        }
    }

    private static Task task(JsonNode json) {
        return new Task(
                json.path("schedule").asText(),
                Instant.parse(json.path("since").asText()),
                json.path("begun").asInt());
    }

    /** Remembers this instead. When this returns it is on stable storage. */
    public synchronized void write(Tasks tasks) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("all_paused", tasks.allPaused());
        tasks.paused().stream().sorted().forEach(json.putArray("paused")::add);
        ObjectNode all = json.putObject("tasks");
        new TreeMap<>(tasks.tasks())
                .forEach((name, task) -> all.putObject(name)
                        .put("schedule", task.schedule())
                        .put("since", task.since().toString())
                        .put("begun", task.begun()));
        file.write(JSON.writeValueAsBytes(json));
    }
}
