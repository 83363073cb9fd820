package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Sends a body block by block: while the client is slow no thread waits, and one block is all the memory it takes.
 */
final class BodyAnswer extends IteratingCallback {
    /** Large enough that system calls do not count, small enough for hundreds of clients in a small heap. */
    static final int BLOCK = 128 << 10;

    private final Exchange exchange;
    private final Body body;
    private final LongConsumer whenSent;
    private final RetainableByteBuffer block;
    private boolean last;
    private long sent;

    /** @param whenSent told the number of bytes after the last one was handed to the network */
    BodyAnswer(Exchange exchange, Body body, LongConsumer whenSent) {
        this.exchange = exchange;
        this.body = body;
        this.whenSent = whenSent;
        ByteBufferPool pool = exchange.request().getComponents().getByteBufferPool();
        this.block = pool.acquire(BLOCK, true);
    }

    @Override
    protected Action process() throws IOException {
        if (last) {
            return Action.SUCCEEDED;
        }
        ByteBuffer buffer = block.getByteBuffer();
        buffer.clear().limit(BLOCK);
        last = body.fill(buffer);
        buffer.flip();
        sent += buffer.remaining();
        exchange.transfer().moved(sent);
        exchange.response().write(last, buffer, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        release();
        whenSent.accept(sent);
        exchange.callback().succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable failure) {
        release();
        exchange.callback().failed(failure);
    }

    private void release() {
        block.release();
        try {
            body.close();
        } catch (IOException e) {
            Log.STORE.warn("cannot close a file that was read: {}", e.getMessage());
        }
    }
}
