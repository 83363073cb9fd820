package cofre.repository.pack;

import cofre.format.BlobHandle;
import java.util.function.Consumer;

/**
 * Puts the blobs of one type into packs one after the other. Thread-safe: threads reserve room in turn and fill it side
 * by side.
 */
public final class PackAssembler {
    private final PackBuffers stock;
    private final Consumer<PackBuffer> whenReady;
    private PackBuffer open; // guarded by this

    /**
     * An assembler.
     *
     * @param whenReady gets every pack that is full (or flushed) and completely filled; called by whichever thread
     *     filled the last room, so it must only hand it on
     */
    public PackAssembler(PackBuffers stock, Consumer<PackBuffer> whenReady) {
        this.stock = stock;
        this.whenReady = whenReady;
    }

    /**
     * Room for one sealed blob; may wait for memory. The caller fills it, whatever happens, and then says so with {@link
     * #fill}.
     */
    public PackBuffer.Slot reserve(BlobHandle blob, int sealedLength, int plainLengthIfCompressed)
            throws InterruptedException {
        synchronized (this) {
            PackBuffer.Slot slot = open == null ? null : open.reserve(blob, sealedLength, plainLengthIfCompressed);
            if (slot == null) {
                closeOpen();
                open = stock.take(sealedLength);
                slot = open.reserve(blob, sealedLength, plainLengthIfCompressed);
            }
            return slot;
        }
    }

    /** The slot's bytes are in place. */
    public void fill(PackBuffer.Slot slot) {
        PackBuffer ready = slot.filled();
        if (ready != null) {
            whenReady.accept(ready);
        }
    }

    /** Hands on the pack begun, however little it holds. */
    public synchronized void flush() {
        closeOpen();
    }

    private void closeOpen() {
        if (open == null) {
            return;
        }
        if (open.isEmpty()) {
            stock.release(open);
        } else {
            PackBuffer ready = open.close();
            if (ready != null) {
                whenReady.accept(ready);
            }
        }
        open = null;
    }
}
