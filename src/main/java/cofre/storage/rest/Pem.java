package cofre.storage.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys out of PEM files. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /** All certificates of the file, at least one. */
    static List<Certificate> certificates(Path file) {
        List<Certificate> found = new ArrayList<>();
        for (byte[] der : blocks(file, "CERTIFICATE")) {
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                found.add(factory.generateCertificate(new ByteArrayInputStream(der)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "cannot read a certificate of " + file + ": " + e.getMessage() + "; make the file anew", e);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot read certificates of " + file + ": it holds none vs at least one in PEM form");
        }
        return found;
    }

    /** The file's private key. The messages never hold a part of it. */
    static PrivateKey privateKey(Path file) {
        List<byte[]> keys = blocks(file, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw new IllegalArgumentException("cannot read the private key of " + file + ": " + keys.size()
                    + " blocks PRIVATE KEY vs 1; convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(keys.get(0));
        IllegalArgumentException unknown = new IllegalArgumentException(
                "cannot read the private key of " + file + ": not RSA, EC or EdDSA; make a new key");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                // The algorithm's name is inside the key: only the factory that knows it takes it.
                unknown.addSuppressed(e);
            }
        }
        throw unknown;
    }

    private static List<byte[]> blocks(Path file, String kind) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read " + file + ": " + e.getClass().getSimpleName() + "; check path, owner and mode", e);
        }
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                found.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return found;
    }
}
