package cofre.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The files of all repositories. Write-once: a name, once published, keeps its bytes until it is deleted. Thread-safe;
 * several servers may share the folder, only their quotas would not know of each other.
 */
final class BlobStore {
    private final StoreLayout layout;
    private final StoreRules rules;
    private final FileOperations files;
    private final Quota quota;
    private final RandomGenerator random;
    private final LockOwners owners;

    BlobStore(StoreLayout layout, StoreRules rules, FileOperations files, Quota quota, RandomGenerator random) {
        this.layout = layout;
        this.rules = rules;
        this.files = files;
        this.quota = quota;
        this.random = random;
        this.owners = new LockOwners(files);
    }

    /** Makes the folders of a repository; those that exist stay as they are. Durable when it returns. */
    void createRepository(RepoPath repo) throws IOException, Refusal.NotFound {
        Path path = layout.repository(repo);
        ensureDirectory(path);
        for (FileType type : FileType.values()) {
            Path folder = path.resolve(type.folder());
            makeDirectory(folder);
            if (type == FileType.DATA) {
                for (int i = 0; i < StoreLayout.FANOUT; i++) {
                    makeDirectory(folder.resolve(StoreLayout.fanoutFolder(i)));
                }
                files.syncDirectory(folder);
            }
        }
        files.syncDirectory(path);
    }

    /** Size of a stored file in bytes. */
    long size(RepoPath repo, Item.StoredFile item) throws IOException, Refusal.NotFound {
        Path file = layout.file(repo, item);
        try {
            return Files.size(file);
        } catch (FileSystemException e) {
            throw absent(e, file);
        }
    }

    /** Opens a stored file; it stays readable through the channel even when it is deleted meanwhile. */
    FileChannel open(RepoPath repo, Item.StoredFile item) throws IOException, Refusal.NotFound {
        Path file = layout.file(repo, item);
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (FileSystemException e) {
            throw absent(e, file);
        }
    }

    /** Says "not found" when that is the cause; a path through something that is no folder counts as that. */
    private static Refusal.NotFound absent(FileSystemException e, Path file) throws FileSystemException {
        if (e instanceof NoSuchFileException || !Files.isDirectory(file.getParent())) {
            return new Refusal.NotFound();
        }
        throw e;
    }

    /** All files of one type, in no order, read from disk while it is used. */
    StoredFiles list(RepoPath repo, FileType type) throws IOException, Refusal.NotFound {
        return new StoredFiles(layout.folder(repo, type), type == FileType.DATA);
    }

    /**
     * Begins an upload.
     *
     * @param length what the client announced; it is checked against quota and disk before any byte is taken
     */
    IncomingFile receive(RepoPath repo, Item.StoredFile item, OptionalLong length) throws IOException, Refusal {
        Path target = layout.file(repo, item);
        if (Files.exists(target)) {
            // A retry after a lost answer: clients take 403 for "stored", so make the name durable first.
            files.syncDirectory(target.getParent());
            throw new Refusal.Exists();
        }
        Quota.Share share = quota.open(repo, length);
        try {
            ensureDirectory(target.getParent());
            if (length.orElse(0) > usableSpace(target.getParent())) {
                throw new Refusal.NoSpace("the disk is full");
            }
            boolean verify = rules.verifyUpload() && item instanceof Item.Blob;
            Path temporary = StoreLayout.temporary(target, random.nextLong());
            return new IncomingFile(files, temporary, target, share, verify ? Optional.of(sha256()) : Optional.empty());
        } catch (IOException | Refusal | RuntimeException e) {
            share.keep(0);
            throw e;
        }
    }

    /** Notes who uploaded a file, where that will matter. */
    void uploadedBy(String user, RepoPath repo, Item.StoredFile item) throws IOException, Refusal.NotFound {
        if (rules.ownLocksOnly() && isLock(item)) {
            owners.claim(layout.file(repo, item), user);
        }
    }

    /**
     * Deletes a file; one that is missing is as good as deleted.
     *
     * @param user who asks for it
     * @return its size, or empty when it was not there
     */
    OptionalLong delete(String user, RepoPath repo, Item.StoredFile item) throws IOException, Refusal {
        if (rules.appendOnly() && !isLock(item)) {
            throw new Refusal.Forbidden("append-only");
        }
        Path file = layout.file(repo, item);
        boolean owned = rules.ownLocksOnly() && isLock(item);
        if (owned && !owners.mayDelete(file, user)) {
            throw new Refusal.Forbidden("somebody else's lock");
        }
        long size;
        try {
            size = Files.size(file);
            files.delete(file);
        } catch (FileSystemException e) {
            absent(e, file);
            return OptionalLong.empty();
        }
        quota.freed(repo, size);
        if (owned) {
            owners.forget(file);
        }
        if (mustStayDeleted(item)) {
            files.syncDirectory(file.getParent());
        }
        return OptionalLong.of(size);
    }

    private static boolean isLock(Item.StoredFile item) {
        return item instanceof Item.Blob blob && blob.type() == FileType.LOCKS;
    }

    /**
     * A revoked key must not come back after a power loss, and prune deletes packs only after the indexes that name
     * them: an index that came back would point to nothing. A pack or a lock that comes back harms nobody.
     */
    private static boolean mustStayDeleted(Item.StoredFile item) {
        return !(item instanceof Item.Blob blob) || (blob.type() != FileType.DATA && blob.type() != FileType.LOCKS);
    }

    /** True when an error while writing came from a full disk: the client is told to stop, not to retry. */
    boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left")
                || message.toLowerCase(java.util.Locale.ROOT).contains("quota exceeded")) {
            return true;
        }
        return usableSpace(layout.root()) == 0;
    }

    /** Through File, which asks statvfs once; Files.getFileStore reads the whole mount table for each call. */
    private static long usableSpace(Path directory) {
        return directory.toFile().getUsableSpace();
    }

    /** Makes a folder and those above it, down from the root, each durable. */
    private void ensureDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (!directory.equals(layout.root())) {
            ensureDirectory(directory.getParent());
        }
        makeDirectory(directory);
        files.syncDirectory(directory.getParent());
    }

    private void makeDirectory(Path directory) throws IOException {
        try {
            files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
