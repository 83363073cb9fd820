package cofre.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A URL path understood: which repository, and what of it. Anything that is not exactly one of the protocol's forms is
 * not understood, so no unexpected path ever reaches the file system.
 */
record RequestPath(RepoPath repo, Item item) {
    private static final int MAX_FOLDERS = 2;
    /** Longest file name of common file systems, in bytes. */
    private static final int MAX_NAME_BYTES = 255;

    /** @param rawPath the path as it came, still percent-encoded, without query */
    static Optional<RequestPath> parse(String rawPath) {
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        String[] segments = rawPath.substring(1).split("/", -1);
        // Two folders, a type, an id: a longer path can be nothing we know, and need not be decoded.
        if (segments.length > MAX_FOLDERS + 2) {
            return Optional.empty();
        }
        List<String> folders = new ArrayList<>(MAX_FOLDERS);
        int at = 0;
        while (at < segments.length - 1 && FileType.of(segments[at]).isEmpty()) {
            Optional<String> folder = folderName(segments[at]);
            if (folder.isEmpty() || folders.size() == MAX_FOLDERS) {
                return Optional.empty();
            }
            folders.add(folder.get());
            at++;
        }
        RepoPath repo = new RepoPath(folders);
        return item(segments, at).map(found -> new RequestPath(repo, found));
    }

    /** What is left after the folders: "", "config", "type/", "type/id". */
    private static Optional<Item> item(String[] segments, int at) {
        String first = segments[at];
        int left = segments.length - at;
        if (left == 1) {
            return switch (first) {
                case "" -> Optional.of(new Item.Whole());
                case "config" -> Optional.of(new Item.Config());
                default -> Optional.empty();
            };
        }
        Optional<FileType> type = FileType.of(first);
        if (left != 2 || type.isEmpty()) {
            return Optional.empty();
        }
        String id = segments[at + 1];
        if (id.isEmpty()) {
            return Optional.of(new Item.Listing(type.get()));
        }
        return Item.Blob.isId(id) ? Optional.of(new Item.Blob(type.get(), id)) : Optional.empty();
    }

    private static Optional<String> folderName(String segment) {
        Optional<String> decoded = decode(segment);
        return decoded.filter(name -> !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                // These would be parsed as something else when spelled without percent signs.
                && !name.equals("config")
                && FileType.of(name).isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES
                && name.chars().noneMatch(RequestPath::isForbidden));
    }

    /** Separators of any system and control characters have no place in the name of a repository. */
    private static boolean isForbidden(int c) {
        return c == '/' || c == '\\' || Character.isISOControl(c);
    }

    /** Strict percent decoding to UTF-8; empty when it is neither. */
    private static Optional<String> decode(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.put(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
