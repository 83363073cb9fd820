package cofre.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

final class ExactOutputTest {
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();

    @Test
    void passesOnEveryByte() throws IOException {
        ExactOutput.copy(
                payload(6, out -> {
                    out.write(new byte[] {0, 1, 2, 3}, 1, 2);
                    out.write(new byte[0]);
                    out.write(3);
                    out.write(new byte[] {4, 5, -6});
                }),
                target);
        assertThat(target.toByteArray()).containsExactly(1, 2, 3, 4, 5, -6);
        ExactOutput.copy(Payload.of(new byte[0]), target);
        assertThat(target.size()).isEqualTo(6);
    }

    @Test
    void keepsTheLastByteUntilThePayloadIsDone() {
        assertThatThrownBy(() -> ExactOutput.copy(
                        payload(2, out -> {
                            out.write(new byte[] {1, 2});
                            out.write(3);
                        }),
                        target))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 bytes vs the 2");
        assertThat(target.toByteArray()).containsExactly(1);
    }

    @Test
    void tellsThePayloadsErrorFromTheTargets() {
        assertThatThrownBy(() -> ExactOutput.copy(
                        payload(2, out -> {
                            out.write(new byte[] {1, 2});
                            throw new IOException("source");
                        }),
                        target))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(target.toByteArray()).containsExactly(1);
        assertThatThrownBy(() -> ExactOutput.copy(Payload.of(new byte[] {1, 2}), broken()))
                .isInstanceOf(IOException.class)
                .hasMessage("target");
    }

    @Test
    void anErrorOfTheTargetThatThePayloadHidesIsStillOne() {
        assertThatThrownBy(() -> ExactOutput.copy(
                        payload(2, out -> {
                            try {
                                out.write(new byte[] {1, 2});
                            } catch (IOException e) {
                                assertThat(e).hasMessage("target");
                            }
                        }),
                        broken()))
                .isInstanceOf(IOException.class)
                .hasMessage("target");
    }

    private static OutputStream broken() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("target");
            }
        };
    }

    private static Payload payload(long length, Writer writer) {
        return new Payload() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                writer.write(out);
            }
        };
    }

    @FunctionalInterface
    private interface Writer {
        void write(OutputStream out) throws IOException;
    }
}
