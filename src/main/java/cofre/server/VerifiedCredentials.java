package cofre.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a minute that a password was right, because bcrypt costs some 60 ms and restic asks thousands of times.
 * Holds no password: entries are keyed HMACs that mean nothing outside this process. The stored hash is part of the
 * entry, so a changed htpasswd file ends it at once. Thread-safe.
 */
final class VerifiedCredentials {
    private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_ENTRIES = 1000;

    private final SecretKeySpec key;
    private final LongSupplier nanoTime;
    private final Map<String, Long> accepted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /** @param secret random bytes of this process */
    VerifiedCredentials(byte[] secret, LongSupplier nanoTime) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.nanoTime = nanoTime;
    }

    boolean contains(BasicCredentials credentials, PasswordHash hash) {
        String tag = tag(credentials, hash);
        synchronized (accepted) {
            Long since = accepted.get(tag);
            return since != null && nanoTime.getAsLong() - since < KEEP_NANOS;
        }
    }

    void add(BasicCredentials credentials, PasswordHash hash) {
        String tag = tag(credentials, hash);
        synchronized (accepted) {
            accepted.remove(tag);
            accepted.put(tag, nanoTime.getAsLong());
        }
    }

    private String tag(BasicCredentials credentials, PasswordHash hash) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            // The user's name has no NUL and the hash neither: the three parts cannot run into each other.
            mac.update((credentials.user() + "\0" + hash.text() + "\0").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(credentials.password().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
