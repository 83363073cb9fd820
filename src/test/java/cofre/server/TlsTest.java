package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.server.TlsFiles.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
    @TempDir
    Path scratch;

    private TlsFiles files(TestCertificate certificate, TlsVersion minimum) throws Exception {
        certificate.copyTo(scratch.resolve("cert.pem"), scratch.resolve("key.pem"));
        return new TlsFiles(scratch.resolve("cert.pem"), scratch.resolve("key.pem"), minimum);
    }

    private OwnServer start(TlsFiles files) throws ServerException {
        return OwnServer.start(ServerOptions.of(OwnServer.ANY_PORT, scratch.resolve("repos"), AccessRules.open())
                .with(files));
    }

    @ParameterizedTest
    @EnumSource(TestCertificate.KeyForm.class)
    void takesEveryCommonFormOfKey(TestCertificate.KeyForm form) throws Exception {
        TestCertificate certificate = TestCertificate.make(scratch, "one", form);
        try (OwnServer server = start(files(certificate, TlsVersion.TLS_1_2))) {
            assertThat(server.address().getScheme()).isEqualTo("https");
            assertThat(servedName(server, "TLSv1.3")).isEqualTo("CN=one");
        }
    }

    @Test
    void aNewCertificateIsServedAfterReload() throws Exception {
        TestCertificate one = TestCertificate.make(scratch, "one", TestCertificate.KeyForm.PKCS8_EC);
        TestCertificate two = TestCertificate.make(scratch, "two", TestCertificate.KeyForm.PKCS8_EC);
        try (OwnServer server = start(files(one, TlsVersion.TLS_1_2))) {
            assertThat(servedName(server, "TLSv1.3")).isEqualTo("CN=one");
            files(two, TlsVersion.TLS_1_2);
            server.server().reload();
            assertThat(servedName(server, "TLSv1.3")).isEqualTo("CN=two");
        }
    }

    @Test
    void aBrokenCertificateLeavesTheOldInUse() throws Exception {
        TestCertificate one = TestCertificate.make(scratch, "one", TestCertificate.KeyForm.PKCS8_EC);
        TestCertificate two = TestCertificate.make(scratch, "two", TestCertificate.KeyForm.PKCS8_EC);
        try (OwnServer server = start(files(one, TlsVersion.TLS_1_2))) {
            Files.copy(two.certificate(), scratch.resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> server.server().reload())
                    .isInstanceOf(ServerException.BadCertificate.class)
                    .hasMessageContaining("does not belong");
            assertThat(servedName(server, "TLSv1.3")).isEqualTo("CN=one");
        }
    }

    @Test
    void changedFilesAreNoticed() throws Exception {
        TestCertificate one = TestCertificate.make(scratch, "one", TestCertificate.KeyForm.PKCS8_EC);
        TestCertificate two = TestCertificate.make(scratch, "two", TestCertificate.KeyForm.PKCS8_RSA);
        TlsContext context = new TlsContext(files(one, TlsVersion.TLS_1_2));
        context.factory().start();
        SSLContext before = context.factory().getSslContext();
        context.reloadIfChanged();
        assertThat(context.factory().getSslContext()).isSameAs(before);
        files(two, TlsVersion.TLS_1_2);
        context.reloadIfChanged();
        assertThat(context.factory().getSslContext()).isNotSameAs(before);
        context.factory().stop();
    }

    @Test
    void theMinimumVersionIsKept() throws Exception {
        TestCertificate one = TestCertificate.make(scratch, "one", TestCertificate.KeyForm.PKCS8_EC);
        try (OwnServer server = start(files(one, TlsVersion.TLS_1_3))) {
            assertThat(servedName(server, "TLSv1.3")).isEqualTo("CN=one");
            assertThatThrownBy(() -> servedName(server, "TLSv1.2")).isInstanceOf(SSLException.class);
        }
        try (OwnServer server = start(files(one, TlsVersion.TLS_1_2))) {
            assertThat(servedName(server, "TLSv1.2")).isEqualTo("CN=one");
        }
    }

    @Test
    void aKeyEverybodyMayReadIsRefused() throws Exception {
        TlsFiles files =
                files(TestCertificate.make(scratch, "one", TestCertificate.KeyForm.PKCS8_EC), TlsVersion.TLS_1_2);
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> start(files))
                .isInstanceOf(ServerException.BadCertificate.class)
                .hasMessageContaining("chmod o-r");
    }

    @Test
    void plainRequestsToATlsPortAreNotAnswered() throws Exception {
        TestCertificate one = TestCertificate.make(scratch, "one", TestCertificate.KeyForm.PKCS8_EC);
        try (OwnServer server = start(files(one, TlsVersion.TLS_1_2))) {
            String answer = RawSocket.exchange(server.address(), "GET /r/data/ HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(RawSocket.status(answer)).isEqualTo(-1);
        }
    }

    /** Shakes hands and tells whose certificate came. */
    private static String servedName(OwnServer server, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(server.address().getHost(), server.address().getPort())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            throw new SSLException(e);
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
