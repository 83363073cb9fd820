package cofre.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Writes htpasswd files with the cheapest bcrypt there is. */
final class TestUsers {
    private static final byte[] SALT = "sixteen bytes ok".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private TestUsers() {}

    static String bcrypt(String password) {
        return OpenBSDBCrypt.generate("2y", password.toCharArray(), SALT, 4);
    }

    static Path write(Path file, Map<String, String> users) throws IOException {
        return Files.writeString(
                file,
                users.entrySet().stream()
                        .map(user -> user.getKey() + ":" + bcrypt(user.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }
}
