package cofre.server;

import org.eclipse.jetty.io.Content;

/**
 * Reads what is left of a request after its answer was sent. Closing with unread bytes would make the system send a
 * reset, and a reset can overtake the answer: the client would see a broken connection and try again instead of reading
 * "no space".
 */
final class Drain implements Runnable {
    private final Exchange exchange;
    private final long limit;
    private long dropped;

    Drain(Exchange exchange, long limit) {
        this.exchange = exchange;
        this.limit = limit;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = exchange.request().read();
            if (chunk == null) {
                exchange.request().demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                exchange.callback().failed(chunk.getFailure());
                return;
            }
            dropped += chunk.remaining();
            exchange.transfer().moved(dropped);
            boolean last = chunk.isLast();
            chunk.release();
            if (last || dropped > limit) {
                exchange.callback().succeeded();
                return;
            }
        }
    }
}
