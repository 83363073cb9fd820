package cofre.browse;

import cofre.format.BlobId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A file of sealed trees, one behind another, each at a multiple of 64 bytes behind a header: mark (8), id (32), sealed
 * length (4), uncompressed length (4), CRC-32 of all that (4), zeros to 64. The CRC keeps chance bytes from being taken for
 * a header; the content is vouched for by its seal alone. Reading may be done by several threads, appending by one.
 */
final class TreeSegment implements AutoCloseable {
    /** Where records begin: at multiples of this. */
    static final int UNIT = 64;

    private static final long MARK = 0x636f_6672_6574_7231L; // "cofretr1"
    private static final int CHECKED = 48;
    /** What is fetched at once for headers: most trees are far smaller, so one read shows many. */
    private static final int SCAN = 256 << 10;

    private final Path path;
    private final int number;
    private FileChannel channel; // guarded by this
    private boolean closed; // guarded by this
    private long end;

    private TreeSegment(Path path, int number) {
        this.path = path;
        this.number = number;
    }

    static TreeSegment create(Path path, int number) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new TreeSegment(path, number);
    }

    static TreeSegment open(Path path, int number) {
        return new TreeSegment(path, number);
    }

    int number() {
        return number;
    }

    /** Bytes up to the end of the last good record. */
    long length() {
        return end;
    }

    /** What a header says. */
    record Place(BlobId id, long offset, int length, int uncompressedLength) {
        long end() {
            return (offset + UNIT + length + UNIT - 1) / UNIT * UNIT;
        }
    }

    /** Gets what a scan finds. */
    interface Records {
        void record(Place found);
    }

    /** Shows all records up to the first that is torn or nonsense; the next one appended goes there. */
    void scan(Records each) throws IOException {
        long size = channel().size();
        ByteBuffer window = ByteBuffer.allocate(SCAN).limit(0);
        long windowAt = 0;
        end = 0;
        while (end + UNIT <= size) {
            if (end < windowAt || end + UNIT > windowAt + window.limit()) {
                windowAt = end;
                window.clear();
                readFully(window, windowAt);
                window.flip();
            }
            Optional<Place> found = header(window, (int) (end - windowAt), end);
            if (found.isEmpty() || found.get().offset() + UNIT + found.get().length() > size) {
                return;
            }
            each.record(found.get());
            end = found.get().end();
        }
    }

    private static Optional<Place> header(ByteBuffer bytes, int at, long offset) {
        if (at + UNIT > bytes.limit() || bytes.getLong(at) != MARK) {
            return Optional.empty();
        }
        byte[] checked = new byte[CHECKED];
        bytes.get(at, checked);
        int length = bytes.getInt(at + 40);
        int uncompressed = bytes.getInt(at + 44);
        if (bytes.getInt(at + CHECKED) != crc(checked) || length < PackedBlob.SEAL_OVERHEAD || uncompressed < 0) {
            return Optional.empty();
        }
        return Optional.of(new Place(new BlobId(Sha256.of(checked, 8)), offset, length, uncompressed));
    }

    private static int crc(byte[] checked) {
        CRC32 crc = new CRC32();
        crc.update(checked);
        return (int) crc.getValue();
    }

    /** The record at an offset, if it is there and is of this tree; {@code length} is how long it is with its header. */
    Optional<SealedTree> read(BlobId id, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        readFully(bytes, offset);
        bytes.flip();
        Optional<Place> found = header(bytes, 0, offset);
        if (found.isEmpty()
                || !found.get().id().equals(id)
                || UNIT + (long) found.get().length() > bytes.limit()) {
            return Optional.empty();
        }
        return Optional.of(new SealedTree(
                id,
                found.get().uncompressedLength(),
                bytes.array(),
                UNIT,
                found.get().length()));
    }

    /** Writes a record at the end. One that is torn by an error is written over by the next. */
    Place append(SealedTree tree) throws IOException {
        Place record = new Place(tree.id(), end, tree.length(), tree.uncompressedLength());
        ByteBuffer bytes = ByteBuffer.allocate((int) (record.end() - end));
        bytes.putLong(MARK).put(tree.id().hash().bytes()).putInt(tree.length()).putInt(tree.uncompressedLength());
        byte[] checked = new byte[CHECKED];
        bytes.get(0, checked);
        bytes.putInt(crc(checked)).position(UNIT).put(tree.sealed(), tree.offset(), tree.length());
        bytes.rewind();
        while (bytes.hasRemaining()) {
            channel().write(bytes, end + bytes.position());
        }
        end = record.end();
        return record;
    }

    /** Brings what was written to stable storage. */
    void force() throws IOException {
        channel().force(false);
    }

    private void readFully(ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int got;
            try {
                got = channel().read(into, at);
            } catch (ClosedChannelException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e; // our own interrupt: it closes the channel, and opening it again would only do the same
                }
                got = channel().read(into, at);
            }
            if (got < 0) {
                return;
            }
            at += got;
        }
    }

    /** An interrupted thread closes the channel it reads from; whoever comes next opens it again. */
    private synchronized FileChannel channel() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        return channel;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** Closes it and removes the file. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }
}
