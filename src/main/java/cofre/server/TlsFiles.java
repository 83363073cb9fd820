package cofre.server;

import java.nio.file.Path;
import java.util.List;

/**
 * Certificate and key, both PEM; read again within 30 seconds of a change of either file.
 *
 * @param certificate the server's certificate followed by intermediate ones
 * @param key its private key, not encrypted: PKCS#8, PKCS#1 (RSA) or SEC1 (EC); not readable by others
 * @param minimum oldest protocol spoken
 */
public record TlsFiles(Path certificate, Path key, TlsVersion minimum) {

    /** TLS protocol versions still safe to speak. */
    public enum TlsVersion {
        /** TLS 1.2 and newer. */
        TLS_1_2("TLSv1.2", "TLSv1.3"),
        /** TLS 1.3 only. */
        TLS_1_3("TLSv1.3");

        @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
        private final List<String> protocols;

        TlsVersion(String... protocols) {
            this.protocols = List.of(protocols);
        }

        /**
         * Reads {@code 1.2} or {@code 1.3}.
         *
         * @throws IllegalArgumentException for anything else, also for the broken 1.0 and 1.1
         */
        public static TlsVersion parse(String text) {
            return switch (text) {
                case "1.2" -> TLS_1_2;
                case "1.3" -> TLS_1_3;
                default ->
                    throw new IllegalArgumentException(
                            "cannot use TLS version \"" + text + "\" as the minimum: expected 1.2 or 1.3");
            };
        }

        String[] protocols() {
            return protocols.toArray(String[]::new);
        }
    }
}
