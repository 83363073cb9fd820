package cofre.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The certificate in use. A new one takes effect for new connections; a broken one leaves the old in use. */
final class TlsContext {
    /** The key store lives in memory only; its password protects nothing. */
    private static final String PASSWORD = "in-memory";

    private final TlsFiles files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private Object version;

    TlsContext(TlsFiles files) throws ServerException.BadCertificate {
        this.files = files;
        this.version = version();
        factory.setIncludeProtocols(files.minimum().protocols());
        factory.setKeyStore(load());
        factory.setKeyStorePassword(PASSWORD);
        // Clients behind a tunnel or using an address still get our one certificate; they decide whether to trust it.
        factory.setSniRequired(false);
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /** Takes the files as they are now. */
    synchronized void reload() throws ServerException.BadCertificate {
        Object seen = version();
        KeyStore fresh = load();
        try {
            factory.reload(target -> target.setKeyStore(fresh));
        } catch (Exception e) {
            throw new ServerException.BadCertificate(
                    "cannot use certificate " + files.certificate() + ": " + e.getMessage() + "; the old one stays", e);
        }
        version = seen;
    }

    /** Reloads when a file has changed since the last time. */
    synchronized void reloadIfChanged() {
        if (version().equals(version)) {
            return;
        }
        try {
            reload();
            Log.HTTP.info("certificate {} has changed and is in use", files.certificate());
        } catch (ServerException.BadCertificate e) {
            // Not remembered as seen: certificate and key are replaced one after the other, the next look may fit.
            Log.HTTP.warn("{}", e.getMessage());
        }
    }

    private KeyStore load() throws ServerException.BadCertificate {
        try {
            refuseIfOthersMayRead(files.key());
            Certificate[] chain = PemFile.certificates(files.certificate());
            PrivateKey key = PemFile.privateKey(files.key());
            requirePair(chain[0], key);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new ServerException.BadCertificate(
                    "cannot use certificate " + files.certificate() + " with key " + files.key() + ": " + e.getMessage()
                            + "; both must be PEM files, the key not encrypted",
                    e);
        }
    }

    /** Signs and verifies something: half of a replaced pair would otherwise fail only in every handshake. */
    private static void requirePair(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key does not belong to the certificate");
        }
    }

    private static void refuseIfOthersMayRead(Path key) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(key, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException("everybody may read the key; run \"chmod o-r " + key + "\"");
        }
    }

    private Object version() {
        return List.of(version(files.certificate()), version(files.key()));
    }

    private static Object version(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return "missing";
        }
    }
}
