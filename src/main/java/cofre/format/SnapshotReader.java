package cofre.format;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one snapshot record. */
final class SnapshotReader {
    private static final long MAX_UINT32 = 0xffff_ffffL;

    private final JsonInput in;
    private ZonedDateTime time;
    private Sha256 parent;
    private Sha256 tree;
    private List<String> paths = List.of();
    private String hostname = "";
    private String username = "";
    private long uid;
    private long gid;
    private List<String> excludes = List.of();
    private List<String> tags = List.of();
    private Sha256 original;
    private String programVersion = "";
    private Snapshot.Summary summary;

    SnapshotReader(JsonInput in) {
        this.in = in;
    }

    Snapshot read() throws FormatException {
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            if (in.isNull() || !take(in.field())) {
                in.skip();
            }
        }
        if (time == null || tree == null) {
            throw in.bad("an object without " + (time == null ? "time" : "tree"), "a snapshot with both");
        }
        in.end();
        return new Snapshot(
                time,
                id(parent),
                new BlobId(tree),
                paths,
                hostname,
                username,
                uid,
                gid,
                excludes,
                tags,
                id(original),
                programVersion,
                Optional.ofNullable(summary));
    }

    private static Optional<SnapshotId> id(Sha256 hash) {
        return Optional.ofNullable(hash).map(SnapshotId::new);
    }

    private boolean take(String field) throws FormatException {
        switch (field) {
            case "time" -> time = in.zoned();
            case "parent" -> parent = in.id();
            case "tree" -> tree = in.id();
            case "paths" -> paths = texts();
            case "hostname" -> hostname = in.text();
            case "username" -> username = in.text();
            case "uid" -> uid = in.unsigned(MAX_UINT32);
            case "gid" -> gid = in.unsigned(MAX_UINT32);
            case "excludes" -> excludes = texts();
            case "tags" -> tags = texts();
            case "original" -> original = in.id();
            case "program_version" -> programVersion = in.text();
            case "summary" -> summary = SummaryJson.read(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<String> texts() throws FormatException {
        in.array();
        List<String> texts = new ArrayList<>();
        while (in.nextElement()) {
            texts.add(in.listed());
        }
        return texts;
    }
}
