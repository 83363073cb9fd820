package cofre.server;

import java.util.List;

/**
 * Names a repository: the folders below the server's root, at most two, each checked by {@link RequestPath}.
 *
 * @param folders empty for a repository at the root itself
 */
record RepoPath(List<String> folders) {

    RepoPath {
        folders = List.copyOf(folders);
    }

    /** True when the repository is the user's own or below his folder. */
    boolean belongsTo(String user) {
        return !folders.isEmpty() && folders.get(0).equals(user);
    }

    @Override
    public String toString() {
        return String.join("/", folders);
    }
}
