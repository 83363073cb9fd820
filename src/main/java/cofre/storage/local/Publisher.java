package cofre.storage.local;

import cofre.storage.ExactOutput;
import cofre.storage.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives files their final name, whole and synced: write a temporary, sync it, link it, unlink it, sync the folder. */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final String TEMPORARY = ".cofre-tmp-";
    /** No upload takes a day: the request deadlines of every writer are far below. */
    private static final Duration OLD = Duration.ofDays(1);

    private static final int SLICE = 128 * 1024;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** Folders whose leftovers were looked after by this process. */
    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    Publisher(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** @throws FileAlreadyExistsException when the name is taken */
    void publish(Path target, Payload payload) throws IOException {
        Path folder = target.getParent();
        prepare(folder);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        byte[] nonce = new byte[8];
        random.nextBytes(nonce);
        Path temporary = folder.resolve(TEMPORARY + HexFormat.of().formatHex(nonce));
        try {
            write(temporary, payload);
            // A link fails when the name is taken, where a rename would silently replace.
            Files.createLink(target, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncDirectory(folder);
    }

    static void syncDirectory(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void write(Path temporary, Payload payload) throws IOException {
        EnumSet<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, fresh, OWNER_ONLY_FILE)) {
            ExactOutput.copy(payload, new ChannelOutput(channel));
            channel.force(true);
        }
    }

    /** Makes a missing data folder, and sweeps once. */
    private void prepare(Path folder) throws IOException {
        if (swept.contains(folder)) {
            return;
        }
        if (!folder.equals(root) && !folder.getParent().equals(root) && !Files.exists(folder)) {
            try {
                Files.createDirectory(folder, Layout.OWNER_ONLY_DIRECTORY);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("folder made by somebody else folder={}", folder);
            }
            syncDirectory(folder.getParent());
        }
        if (swept.add(folder)) {
            sweep(folder);
        }
    }

    /** Leftovers cost room, not safety: a folder that cannot be swept is no reason to refuse a file. */
    private void sweep(Path folder) {
        Instant limit = clock.instant().minus(OLD);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, TEMPORARY + "*")) {
            for (Path leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(leftover);
                    LOG.info("removed unfinished upload file={}", leftover);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing to sweep folder={}", folder);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("cannot sweep unfinished uploads folder={} cause={}", folder, e.toString());
        }
    }

    private static final class ChannelOutput extends OutputStream {
        private final FileChannel channel;

        ChannelOutput(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            for (int done = 0; done < count; done += SLICE) {
                ByteBuffer slice = ByteBuffer.wrap(bytes, offset + done, Math.min(SLICE, count - done));
                while (slice.hasRemaining()) {
                    channel.write(slice);
                }
            }
        }
    }
}
