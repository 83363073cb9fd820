/**
 * The embedded restic REST server: keeps repositories for others and never holds a key.
 *
 * <p><b>Lives here:</b> the HTTP front (Jetty), routing, authentication (htpasswd, proxy header), private repositories,
 * append-only mode, quotas, durable publishing of uploaded files, metrics, access log, TLS with certificate reload.
 *
 * <p><b>May use:</b> the JDK, SLF4J, Jetty, and of Bouncy Castle only bcrypt and the ASN.1 reader for PEM keys.
 *
 * <p><b>Must not:</b> use {@code seal}, {@code repository}, {@code source} or {@code format}: what is stored here is
 * opaque bytes with a name.
 *
 * <p>Words: a <i>repository</i> is a folder at most two levels below the root; an <i>item</i> is what a URL names inside
 * it (config, one file, a list of files); a file is <i>published</i> when its final name appears, which happens once,
 * by a hard link, after its bytes are on stable storage; a <i>refusal</i> is an answer that tells the client no for a
 * reason of the rules, not of a fault.
 */
package cofre.server;
