/**
 * restic's repository format as values and pure codecs.
 *
 * <p>Words: a <em>blob</em> is a piece of content named by the SHA-256 of its plain bytes; data blobs are pieces of files,
 * tree blobs are directories. A <em>pack</em> is a stored file that holds sealed blobs and a sealed header that lists
 * them. An <em>index</em> file says which blobs lie where in which packs. A <em>tree</em> is one directory: an ordered
 * list of <em>nodes</em>. A <em>snapshot</em> names one root tree with its time and origin. A <em>key</em> file holds the
 * master key, sealed with a password. A <em>lock</em> file says who works on the repository.
 *
 * <p>Lives here: the values above, and the code between them and bytes. Everything is checked when it is made. What is
 * written is what restic writes for the same value, to the byte; what is read is all that restic 0.14 to 0.18 write, within
 * bounds, and nothing that is damaged: {@link cofre.format.FormatException} says what was found and what was expected.
 *
 * <p>May use: path, Jackson.
 *
 * <p>Must not: do I/O, know a key, start a thread or look at a clock.
 */
package cofre.format;
