package cofre.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code url} and {@code credentials_file}. Never shows what stands before the {@code @}. */
final class LocationReader {
    private static final String EXPECTED =
            "rest:https://host:port/path/, rest:http://host:port/path/ or an absolute path";

    private static final String MAINTENANCE =
            "rest:https://host:port/path/ or rest:http://host:port/path/, without a user:"
                    + " that belongs into maintenance_credentials_file";

    private LocationReader() {}

    static RepositoryLocation read(Table table) {
        Optional<Path> credentialsFile = table.file("credentials_file");
        Optional<String> url = table.text("url", EXPECTED);
        if (url.isEmpty()) {
            if (!table.has("url")) {
                table.missing("url", EXPECTED);
            }
            return new RepositoryLocation.Local(Path.of("/"));
        }
        if (url.get().startsWith("rest:")) {
            return rest(table, url.get(), credentialsFile);
        }
        if (credentialsFile.isPresent()) {
            table.fault("credentials_file", "credentials", "nothing, since url is a directory");
        }
        Optional<Path> directory = Table.absolute(url.get());
        if (directory.isEmpty()) {
            table.fault("url", shown(url.get()), EXPECTED);
        }
        return new RepositoryLocation.Local(directory.orElse(Path.of("/")));
    }

    private static RepositoryLocation rest(Table table, String url, Optional<Path> credentialsFile) {
        Optional<URI> parsed = parse(url.substring("rest:".length()));
        if (parsed.isEmpty()) {
            table.fault("url", shown(url), EXPECTED);
            return new RepositoryLocation.Rest(URI.create("http://invalid/"), Optional.empty(), credentialsFile);
        }
        URI uri = parsed.get();
        Optional<Secret> credentials = Optional.ofNullable(uri.getUserInfo()).map(Secret::new);
        if (credentials.isPresent() && !credentials.get().reveal().contains(":")) {
            table.fault("url", "a user without a password", "user:password before the @, or credentials_file");
        }
        if (credentials.isPresent() && credentialsFile.isPresent()) {
            table.fault("credentials_file", "a second source", "credentials in url or in credentials_file, not both");
        }
        return new RepositoryLocation.Rest(withoutUser(uri), credentials, credentialsFile);
    }

    /**
     * Reads {@code maintenance_url} and {@code maintenance_credentials_file}; what is not said is as in {@code usual}. A
     * password in the url would be read with the file, whenever that is: so there is none.
     */
    static Optional<RepositoryLocation.Rest> maintenance(Table table, RepositoryLocation usual) {
        Optional<Path> file = table.file("maintenance_credentials_file");
        Optional<String> url = table.text("maintenance_url", MAINTENANCE);
        Optional<URI> base = url.filter(text -> text.startsWith("rest:"))
                .flatMap(text -> parse(text.substring("rest:".length())))
                .filter(uri -> uri.getUserInfo() == null);
        if (url.isPresent() && base.isEmpty()) {
            table.fault("maintenance_url", shown(url.get()), MAINTENANCE);
        }
        if (!table.has("maintenance_url") && !table.has("maintenance_credentials_file")) {
            return Optional.empty();
        }
        if (!(usual instanceof RepositoryLocation.Rest rest)) {
            String key = table.has("maintenance_url") ? "maintenance_url" : "maintenance_credentials_file";
            table.fault(key, "another way to a server", "nothing, since url is a directory");
            return Optional.empty();
        }
        return Optional.of(new RepositoryLocation.Rest(
                base.map(LocationReader::withoutUser).orElse(rest.base()),
                file.isPresent() ? Optional.empty() : rest.credentials(),
                file.or(rest::credentialsFile)));
    }

    private static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean good = http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static URI withoutUser(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + port + path + (path.endsWith("/") ? "" : "/"));
    }

    /** The URL as written, but for what may be a password: all between the scheme and the last {@code @}. */
    private static String shown(String url) {
        int at = url.lastIndexOf('@');
        int start = url.indexOf("//");
        if (at < 0) {
            return Faults.quoted(url);
        }
        return Faults.quoted((start >= 0 && start < at ? url.substring(0, start + 2) : "") + "***" + url.substring(at));
    }
}
