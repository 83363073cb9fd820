/**
 * A store behind restic's REST protocol.
 *
 * <p>Lives here: {@link cofre.storage.rest.RestBackend} and a strict HTTP/1.1 client of its own. The client is our own
 * because the JDK's two cannot do what a store needs: both lose an early answer (403, 507) when the server stops reading
 * the upload, neither cuts a stuck upload, one repeats a POST by itself; and both cost more processor time per byte (see
 * {@link cofre.storage.rest.Connection}). An <em>exchange</em> is one request and its answer; a <em>connection</em> is one
 * socket that serves exchanges one after another; <em>progress</em> is bytes moved, in either direction.
 *
 * <p>May use: the JDK, SLF4J, Jackson, {@code storage}.
 *
 * <p>Must not: follow redirects, repeat an upload, show credentials to anybody but the one server they are for, or believe
 * a length.
 */
package cofre.storage.rest;
