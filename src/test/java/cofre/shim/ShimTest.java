package cofre.shim;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.chunk.Chunker;
import cofre.chunk.JavaCutFinder;
import cofre.chunk.Polynomial;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShimTest {
    @TempDir
    Path directory;

    @Test
    void saysThatThereIsNoFile() {
        assertThat(Shim.load(directory).description()).contains("no file").contains(Shim.FILE_NAME);
    }

    @Test
    void refusesAFileThatIsNoLibrary() throws Exception {
        Files.writeString(directory.resolve(Shim.FILE_NAME), "not a library");
        assertThat(Shim.load(directory)).isInstanceOf(Shim.Absent.class);
        assertThat(Shim.load(directory.resolve(Shim.FILE_NAME)).description()).contains("cannot be loaded");
    }

    @Test
    void worksWithoutTheShim() {
        HotLoops loops = HotLoops.of(Shim.load(directory));
        assertThat(loops.description()).startsWith("Java (");
        assertThat(loops.batchDirs()).isEmpty();
        assertThat(cutsZeros(loops)).isTrue();
        assertThat(loops.poly1305s().get()).isInstanceOf(JavaPoly1305.class);
    }

    @Test
    @Tag("native")
    void usesTheShimWhenItIsThere() {
        HotLoops loops = HotLoops.of(NativeLibrary.loaded());
        assertThat(loops.description()).startsWith("native shim 1 (");
        assertThat(loops.batchDirs()).isPresent();
        assertThat(cutsZeros(loops)).isTrue();
        assertThat(loops.poly1305s().get()).isInstanceOf(NativePoly1305.class);
    }

    @Test
    void refusesALibraryOfAnotherInterfaceVersion() {
        assertThat(Shim.tested(directory, library("cofre_abi_version", 2)).description())
                .contains("interface version 2 vs 1");
    }

    @Test
    void refusesALibraryThatCutsElsewhere() {
        assertThat(Shim.tested(directory, library("cofre_chunk_scan", 64L)).description())
                .contains("failed its self-test: cut at");
    }

    @Test
    void noticesAWrongTag() {
        Poly1305 forgetful = (key, in, off, len, out, outOff) ->
                new JavaPoly1305().tag(key, in, off, len == 4096 ? len - 1 : len, out, outOff);
        assertThat(SelfTest.mismatch(forgetful))
                .hasValueSatisfying(m -> assertThat(m).contains("4096 bytes"));
        assertThat(SelfTest.mismatch(new JavaPoly1305())).isEmpty();
    }

    @Test
    void noticesALaneThatMissesAHit() {
        assertThat(SelfTest.mismatch((tables, mask) -> (buf, first, last) -> {
                    int hit = new JavaCutFinder(tables, mask).firstCut(buf, first, last);
                    return hit > 30_000 ? -1 : hit;
                }))
                .isPresent();
        assertThat(SelfTest.mismatch(JavaCutFinder::new)).isEmpty();
    }

    private static boolean cutsZeros(HotLoops loops) {
        Chunker chunker = loops.chunker(Polynomial.ofConfig("3da3358b4dc173"));
        return chunker.feed(new byte[Chunker.MAX], 0, Chunker.MAX) == Chunker.MIN && chunker.atCut();
    }

    /** A library of the right version whose one function answers as told, and no other one is there. */
    private static ShimLibrary library(String function, Object answer) {
        return (ShimLibrary) java.lang.reflect.Proxy.newProxyInstance(
                ShimTest.class.getClassLoader(), new Class<?>[] {ShimLibrary.class}, (proxy, method, args) -> {
                    if (method.getName().equals(function)) {
                        return answer;
                    }
                    assertThat(method.getName()).isEqualTo("cofre_abi_version");
                    return Shim.ABI_VERSION;
                });
    }
}
