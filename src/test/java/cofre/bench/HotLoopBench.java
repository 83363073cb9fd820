package cofre.bench;

import cofre.chunk.Chunker;
import cofre.chunk.Polynomial;
import cofre.shim.BatchDir;
import cofre.shim.HotLoops;
import cofre.shim.Poly1305;
import cofre.shim.Shim;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;

/**
 * Speed of the hot loops of one thread, in MB (10^6 bytes) per second of its processor time: median and best of nine.
 * Arguments: the directory of libcofre, then optionally a large directory to list.
 */
public final class HotLoopBench {
    private static final int ROUNDS = 9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final byte[] content = new byte[64 << 20];

    private HotLoopBench() {
        new SplittableRandom(1).nextBytes(content);
    }

    /** Just enough of libc to open a directory. */
    public interface Libc {
        /** See open(2). */
        int open(String path, int flags);

        /** See close(2). */
        int close(int fd);
    }

    /** Runs everything. */
    public static void main(String[] args) throws Exception {
        HotLoopBench bench = new HotLoopBench();
        Shim shim = Shim.load(Path.of(args[0]));
        HotLoops java = HotLoops.of(new Shim.Absent("benchmark of the Java twins"));
        HotLoops chosen = HotLoops.of(shim);
        System.out.println("java " + Runtime.version() + "; " + chosen.description());
        bench.chunker("chunker Java", java.chunker(Polynomial.ofConfig("3da3358b4dc173")));
        bench.chunker("chunker chosen", chosen.chunker(Polynomial.ofConfig("3da3358b4dc173")));
        for (int length : new int[] {4096, 1 << 20}) {
            bench.poly1305("Poly1305 Java " + length, java.poly1305s().get(), length);
            bench.poly1305("Poly1305 chosen " + length, chosen.poly1305s().get(), length);
        }
        bench.sha256();
        bench.aes();
        if (args.length > 1 && chosen.batchDirs().isPresent()) {
            list(chosen.batchDirs().get().get(), args[1]);
        }
    }

    private void chunker(String name, Chunker chunker) throws Exception {
        measure(name, content.length, () -> {
            chunker.start();
            int cuts = 0;
            for (int off = 0; off < content.length; ) {
                off += chunker.feed(content, off, Math.min(1 << 20, content.length - off));
                cuts += chunker.atCut() ? 1 : 0;
            }
            return cuts;
        });
    }

    private void poly1305(String name, Poly1305 poly1305, int length) throws Exception {
        byte[] key = Arrays.copyOf(content, Poly1305.KEY_LENGTH);
        byte[] tag = new byte[Poly1305.TAG_LENGTH];
        measure(name, content.length, () -> {
            for (int off = 0; off < content.length; off += length) {
                poly1305.tag(key, content, off, length, tag, 0);
            }
            return tag[0] & 0xff;
        });
    }

    private void sha256() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        measure("SHA-256 JDK", content.length, () -> {
            digest.update(content);
            return digest.digest()[0] & 0xff;
        });
    }

    private void aes() throws Exception {
        byte[] out = new byte[16 * 1024];
        measure("AES-256-CTR JDK, slices of 16 KiB", content.length, () -> {
            Cipher cipher = cipher();
            for (int off = 0; off < content.length; off += out.length) {
                cipher.update(content, off, out.length, out, 0);
            }
            return out[0] & 0xff;
        });
    }

    private static Cipher cipher() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new IvParameterSpec(new byte[16]));
        return cipher;
    }

    private static void list(BatchDir dir, String path) throws Exception {
        Libc libc = LibraryLoader.create(Libc.class)
                .load(Platform.getNativePlatform().getStandardCLibraryName());
        double[] rates = new double[ROUNDS];
        long entries = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            entries = count(dir, libc, path);
            rates[round] = entries * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
        }
        Arrays.sort(rates);
        System.out.printf("%-36s %,d entries, %,.0f a second%n", "directory", entries, rates[ROUNDS / 2]);
    }

    private static long count(BatchDir dir, Libc libc, String path) {
        int fd = libc.open(path, 0);
        long entries = 0;
        while (dir.fill(fd) > 0) {
            java.nio.ByteBuffer records = dir.records();
            for (int at = 0; at < records.limit(); at += records.getInt(at)) {
                entries++;
            }
        }
        libc.close(fd);
        return entries;
    }

    private static void measure(String name, long bytes, Callable<Integer> work) throws Exception {
        double[] rates = new double[ROUNDS];
        int result = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            result = work.call();
            rates[round] = bytes * 1e3 / (THREADS.getCurrentThreadCpuTime() - start);
        }
        Arrays.sort(rates);
        System.out.printf("%-36s %6.0f  best %6.0f  (result %d)%n", name, rates[ROUNDS / 2], rates[ROUNDS - 1], result);
    }
}
