/**
 * The airlock: everything that leaves for the store is compressed, encrypted and authenticated here, and everything that
 * comes back is authenticated, decrypted and decompressed here, within bounds, before anybody looks at it.
 *
 * <p>Words: to <em>seal</em> is to put a random IV before and a tag behind the encrypted bytes; to <em>open</em> is to check
 * the tag and then decrypt. A <em>tag</em> is Poly1305-AES over the encrypted bytes. A <em>forged</em> piece is one whose tag
 * does not fit: changed on the way, cut short, or sealed with another key. The <em>master key</em> seals all files of a
 * repository; a <em>user key</em>, made from a password, seals only the master key.
 *
 * <p>Errors are of two families: {@link cofre.seal.SealException} for bytes that cannot be trusted, and
 * {@link cofre.format.FormatException} for trusted bytes of the wrong shape.
 *
 * <p>Lives here: keys and passwords in memory, key derivation, AES, Poly1305, zstd.
 *
 * <p>May use: format, Bouncy Castle, zstd-jni. Nobody else touches the latter two, but for the server's bcrypt and PEM
 * keys.
 *
 * <p>Must not: do I/O, put a secret into a message, or hand out a byte that has not been authenticated.
 */
package cofre.seal;
