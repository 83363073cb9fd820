package cofre.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for one test run, made by the JDK's keytool in a directory of the test. */
public final class TestAuthority {
    private static final String PASSWORD = "test-only";

    private final Path directory;
    private final Path keys;

    /** Makes an authority of that name. */
    public TestAuthority(Path directory, String name) throws Exception {
        this.directory = Files.createDirectories(directory.resolve(name));
        this.keys = this.directory.resolve("keys.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
    }

    /**
     * Issues a certificate.
     *
     * @param names alternative names as keytool writes them, {@code ip:127.0.0.1,dns:localhost}
     */
    public TestAuthority issue(String alias, String names) throws Exception {
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-ext", "san=" + names, "-signer", "ca");
        return this;
    }

    /** PEM file of the authority's own certificate. */
    public Path caFile() throws Exception {
        return certificate("ca");
    }

    /** PEM file of a certificate. */
    public Path certificate(String alias) throws Exception {
        return pem(alias + ".crt", "CERTIFICATE", store().getCertificate(alias).getEncoded());
    }

    /** PEM file of a private key, PKCS#8. */
    public Path key(String alias) throws Exception {
        byte[] key = store().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return pem(alias + ".key", "PRIVATE KEY", key);
    }

    /** A listener on the loopback that shows the certificate {@code alias}, and asks for one of {@code clients}. */
    public SSLServerSocket listen(String alias, boolean askClients, String... protocols) throws Exception {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        Certificate[] chain = store().getCertificateChain(alias);
        one.setKeyEntry(alias, store().getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        KeyManagerFactory show = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        show.init(one, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        authority.setCertificateEntry("ca", store().getCertificate("ca"));
        trust.init(authority);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(show.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(askClients);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path pem(String file, String kind, byte[] der) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        return Files.writeString(directory.resolve(file), "A comment before\n" + text, StandardCharsets.US_ASCII);
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("keytool failed: " + Files.readString(log));
        }
    }
}
