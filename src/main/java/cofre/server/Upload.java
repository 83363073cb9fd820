package cofre.server;

import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;

/**
 * Takes the body of an upload piece by piece: while the client is slow no thread waits. Jetty calls {@link #run} again
 * whenever more has arrived, never at once from two threads.
 */
final class Upload implements Runnable {
    private final Exchange exchange;
    private final BlobStore store;
    private final IncomingFile incoming;
    private final WhenStored whenStored;

    /** Told the number of bytes after the file is durable, before the client knows. */
    interface WhenStored {
        void stored(long bytes) throws IOException, Refusal;
    }

    Upload(Exchange exchange, BlobStore store, IncomingFile incoming, WhenStored whenStored) {
        this.exchange = exchange;
        this.store = store;
        this.incoming = incoming;
        this.whenStored = whenStored;
        // An fsync that takes longer than the idle time-out is no reason to drop the client.
        exchange.request()
                .addIdleTimeoutListener(timeout -> !exchange.transfer().isServerWorking());
    }

    @Override
    public void run() {
        try {
            receive();
        } catch (Refusal e) {
            incoming.discard();
            Log.HTTP.debug("refused {}: {}", exchange.request().getHttpURI().getPath(), e.getMessage());
            exchange.answer(e.status());
        } catch (IOException e) {
            incoming.discard();
            boolean full = store.isFull(e);
            Log.STORE.error(
                    "cannot store {}: {}", exchange.request().getHttpURI().getPath(), e.toString());
            exchange.answer(full ? HttpStatus.INSUFFICIENT_STORAGE_507 : HttpStatus.INTERNAL_SERVER_ERROR_500);
        } catch (RuntimeException | Error e) {
            incoming.discard();
            exchange.callback().failed(e);
        }
    }

    private void receive() throws IOException, Refusal {
        while (true) {
            Content.Chunk chunk = exchange.request().read();
            if (chunk == null) {
                exchange.request().demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                // The client is gone or too slow. It gets no answer, the store no file.
                incoming.discard();
                exchange.callback().failed(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            try {
                if (chunk.hasRemaining()) {
                    incoming.write(chunk.getByteBuffer());
                }
            } finally {
                chunk.release();
            }
            exchange.transfer().moved(incoming.written());
            if (last) {
                publish();
                return;
            }
        }
    }

    private void publish() throws IOException, Refusal {
        exchange.transfer().serverWorks();
        incoming.publish();
        whenStored.stored(incoming.written());
        exchange.succeed();
    }
}
