package cofre.fuse;

import cofre.posix.PosixException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is written; can refuse to take it. Nothing can be read from it. */
final class RecordingDevice implements Device {
    final List<Message> messages = new CopyOnWriteArrayList<>();
    volatile PosixException refusal;

    /** One message to the kernel. */
    record Message(int length, int error, long unique, ByteBuffer body) {}

    @Override
    public int read(ByteBuffer direct) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(ByteBuffer direct, int length) throws PosixException {
        if (refusal != null) {
            throw refusal;
        }
        byte[] body = new byte[length - Answer.HEADER];
        direct.get(Answer.HEADER, body);
        messages.add(new Message(
                direct.getInt(0),
                direct.getInt(4),
                direct.getLong(8),
                ByteBuffer.wrap(body).order(ByteOrder.nativeOrder())));
    }

    Message last() {
        return messages.get(messages.size() - 1);
    }
}
