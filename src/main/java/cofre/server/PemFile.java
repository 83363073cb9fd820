package cofre.server;

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
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Reads certificates and private keys in PEM, the form every certificate tool writes. */
final class PemFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private PemFile() {}

    /** The certificates of a file, in its order. */
    static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(read(file).getBytes(StandardCharsets.ISO_8859_1)));
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return chain.toArray(Certificate[]::new);
    }

    /** The private key of a file. */
    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(read(file));
        if (!matcher.find()) {
            throw new GeneralSecurityException("no unencrypted private key in it");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(matcher.group(2));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("broken base64", e);
        }
        PrivateKeyInfo info = toPkcs8(matcher.group(1), der);
        String algorithm = algorithm(info.getPrivateKeyAlgorithm().getAlgorithm());
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    /** The two older forms name the algorithm only in their header; Java reads PKCS#8 only. */
    private static PrivateKeyInfo toPkcs8(String header, byte[] der) throws IOException, GeneralSecurityException {
        try {
            ASN1Primitive structure = ASN1Primitive.fromByteArray(der);
            return switch (header) {
                case "RSA PRIVATE KEY" ->
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                            RSAPrivateKey.getInstance(structure));
                case "EC PRIVATE KEY" -> {
                    ECPrivateKey key = ECPrivateKey.getInstance(structure);
                    yield new PrivateKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                            key);
                }
                default -> PrivateKeyInfo.getInstance(structure);
            };
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("broken key structure", e);
        }
    }

    private static String algorithm(ASN1ObjectIdentifier id) {
        if (id.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        }
        return id.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : id.getId();
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
