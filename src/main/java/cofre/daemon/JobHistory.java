package cofre.daemon;

import cofre.control.Json;
import cofre.control.ProtocolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last jobs, kept in a file. A file that cannot be read is put aside and a new one begun: no data depends on it.
 * Thread-safe.
 */
public final class JobHistory {
    private static final Logger LOG = LoggerFactory.getLogger(JobHistory.class);
    private static final long VERSION = 1;
    private static final long MAX_FILE = 16L << 20;
    private static final int MAX_PASSING = 20;

    private final Path file;
    private final int keep;
    private final TreeMap<Long, JobView> jobs = new TreeMap<>();
    /** Light ones, for those who still follow them. */
    private final TreeMap<Long, JobView> passing = new TreeMap<>();

    private long newest;

    private JobHistory(Path file, int keep) {
        this.file = file;
        this.keep = keep;
    }

    /**
     * The history {@code file} holds. A job that had not ended when the daemon did is shown as failed.
     *
     * @param keep how many jobs are remembered
     */
    public static JobHistory open(Path file, int keep) {
        JobHistory history = new JobHistory(file, keep);
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new ProtocolException("longer than " + MAX_FILE + " bytes");
            }
            history.read(Json.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            LOG.debug("event=history_new file={}", file);
        } catch (IOException | ProtocolException e) {
            LOG.warn("event=history_unreadable file={} cause=\"{}\"; begun anew", file, e.getMessage());
            history.putAside();
        }
        return history;
    }

    private void read(Map<String, Object> root) throws ProtocolException {
        if (!Long.valueOf(VERSION).equals(root.get("version"))
                || !(root.get("jobs") instanceof List<?> list)
                || !(root.get("newest") instanceof Long number)) {
            throw new ProtocolException("not a history of version " + VERSION);
        }
        newest = number;
        for (Object each : list) {
            JobView job = JobCodec.fromJson(each);
            jobs.put(job.id(), job);
            newest = Math.max(newest, job.id());
        }
    }

    private void putAside() {
        jobs.clear();
        try {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".bad"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("event=history_not_moved file={} cause=\"{}\"", file, e.getMessage());
        }
    }

    /** The highest number ever given to a job; 0 when there was none. */
    synchronized long newest() {
        return newest;
    }

    /** Remembers a job as it is now, in memory always and on disk if the disk lets us. */
    synchronized void put(JobView job) {
        jobs.put(job.id(), job);
        newest = Math.max(newest, job.id());
        while (jobs.size() > keep) {
            jobs.pollFirstEntry();
        }
        List<Object> list = new ArrayList<>();
        jobs.values().forEach(each -> list.add(JobCodec.toJson(each)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", VERSION);
        root.put("newest", newest);
        root.put("jobs", list);
        try {
            DurableFile.replace(file, Json.line(root));
        } catch (IOException e) {
            LOG.warn("event=history_not_written file={} cause=\"{}\"", file, e.toString());
        }
    }

    /** Remembers a job that has ended for a little while, in memory only. */
    synchronized void pass(JobView job) {
        passing.put(job.id(), job);
        newest = Math.max(newest, job.id());
        while (passing.size() > MAX_PASSING) {
            passing.pollFirstEntry();
        }
    }

    synchronized Optional<JobView> find(long id) {
        return Optional.ofNullable(jobs.getOrDefault(id, passing.get(id)));
    }

    /** The newest first. */
    synchronized List<JobView> list() {
        TreeMap<Long, JobView> all = new TreeMap<>(passing);
        all.putAll(jobs);
        return List.copyOf(all.descendingMap().values());
    }
}
