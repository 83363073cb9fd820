package cofre.change;

import cofre.testkit.CrashPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Catalogues in real files as a process that may die sees them. What it had open is closed whatever happens. */
public final class CrashingCatalogues {
    private CrashingCatalogues() {}

    /** Catalogues whose every operation that changes something may be the process's last. */
    public static CatalogueStore store(CrashPoint point) {
        return new CatalogueStore(new Disk(new RealDisk(), point), CatalogueStore.MAX_OBJECT, 64);
    }

    private interface Step {
        void take() throws IOException;
    }

    private static void step(CrashPoint point, String name, Step step) throws IOException {
        point.<Boolean, IOException>run("catalogue " + name, () -> {
            step.take();
            return true;
        });
    }

    private record Disk(CatalogueDisk inner, CrashPoint point) implements CatalogueDisk {
        @Override
        public void makeDirectory(Path dir) throws IOException {
            step(point, "directory", () -> inner.makeDirectory(dir));
        }

        @Override
        public Pages open(Path file, boolean create) throws IOException {
            Pages pages = inner.open(file, create);
            boolean done = false;
            try {
                step(point, "open", () -> {});
                done = true;
                return new Open(pages, point);
            } finally {
                if (!done) {
                    pages.close();
                }
            }
        }

        @Override
        public byte[] read(Path file, long maxLength) throws IOException {
            return inner.read(file, maxLength);
        }

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            step(point, "replace", () -> inner.replace(file, content));
        }

        @Override
        public void remove(Path file) throws IOException {
            step(point, "remove", () -> inner.remove(file));
        }
    }

    private record Open(CatalogueDisk.Pages inner, CrashPoint point) implements CatalogueDisk.Pages {
        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            inner.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            step(point, "write", () -> inner.write(from, position));
        }

        @Override
        public void clear() throws IOException {
            step(point, "clear", inner::clear);
        }

        @Override
        public void sync() throws IOException {
            step(point, "sync", inner::sync);
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }
    }
}
