package cofre.fuse;

import cofre.browse.BrowseException;
import cofre.browse.OpenVersionFile;
import cofre.posix.Errno;

/** An open file. Closed when the kernel releases it and no late read is inside it any more. Thread-safe. */
final class FileHandle {
    private final OpenVersionFile file;
    private int inside;
    private boolean released;

    FileHandle(OpenVersionFile file) {
        this.file = file;
    }

    int read(long offset, byte[] into, int length) throws BrowseException, Refusal {
        enter();
        try {
            return file.read(offset, into, 0, length);
        } finally {
            leave();
        }
    }

    private synchronized void enter() throws Refusal {
        if (released) {
            throw new Refusal(Errno.EBADF);
        }
        inside++;
    }

    private void leave() {
        boolean last;
        synchronized (this) {
            last = --inside == 0 && released;
        }
        if (last) {
            file.close();
        }
    }

    void release() {
        boolean last;
        synchronized (this) {
            last = !released && inside == 0;
            released = true;
        }
        if (last) {
            file.close();
        }
    }
}
