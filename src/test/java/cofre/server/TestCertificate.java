package cofre.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A self-signed certificate for 127.0.0.1, made by the JDK's keytool. */
record TestCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    /** The forms in which tools write private keys. */
    enum KeyForm {
        PKCS8_RSA("RSA", "PRIVATE KEY", false),
        PKCS1_RSA("RSA", "RSA PRIVATE KEY", true),
        PKCS8_EC("EC", "PRIVATE KEY", false),
        SEC1_EC("EC", "EC PRIVATE KEY", true);

        private final String algorithm;
        private final String header;
        private final boolean inner;

        KeyForm(String algorithm, String header, boolean inner) {
            this.algorithm = algorithm;
            this.header = header;
            this.inner = inner;
        }
    }

    static TestCertificate make(Path folder, String name, KeyForm form) throws Exception {
        Path store = folder.resolve(name + "-" + form + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        form.algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(Files.readString(folder.resolve("keytool.log")));
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        TestCertificate made =
                new TestCertificate(folder.resolve(name + form + "-c.pem"), folder.resolve(name + form + "-k.pem"));
        pem(made.certificate, "CERTIFICATE", keys.getCertificate("a").getEncoded());
        PrivateKey key = (PrivateKey) keys.getKey("a", PASSWORD.toCharArray());
        byte[] der = form.inner ? older(form, key, keys.getCertificate("a").getPublicKey()) : key.getEncoded();
        pem(made.key, form.header, der);
        return made;
    }

    /** The form inside PKCS#8, for EC with curve and public key as openssl writes it. */
    private static byte[] older(KeyForm form, PrivateKey key, PublicKey publicKey) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        if (form.algorithm.equals("RSA")) {
            return info.parsePrivateKey().toASN1Primitive().getEncoded();
        }
        ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
        return new ECPrivateKey(
                        ((java.security.interfaces.ECPrivateKey) key)
                                .getParams()
                                .getOrder()
                                .bitLength(),
                        bare.getKey(),
                        SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getPublicKeyData(),
                        info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded();
    }

    private static void pem(Path file, String header, byte[] der) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            out.write(("-----BEGIN " + header + "-----\n" + body + "\n-----END " + header + "-----\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    void copyTo(Path certificateFile, Path keyFile) throws IOException {
        Files.copy(certificate, certificateFile, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, keyFile, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    }
}
