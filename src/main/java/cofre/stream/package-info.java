/**
 * The stream {@code zfs send} writes, read for what it says of change and not for what is in the files.
 *
 * <p>Words: a <em>record</em> is 312 bytes that tell one thing, followed by a <em>payload</em> whose length the record tells,
 * each kind in its own way. An <em>object</em> is what ZFS keeps a file or directory in; its number is the inode number. Its
 * <em>bonus</em> holds its attributes. A <em>spill</em> is a block of attributes that did not fit there.
 *
 * <p>Lives here: {@link cofre.stream.SendStreamReader} and its one error, {@link cofre.stream.BadStreamException}. Every byte is covered
 * by the stream's own running checksum, which is computed along the way.
 *
 * <p>May use: source.
 *
 * <p>Must not: run a program, keep a payload, or guess what a record it does not know might mean.
 */
package cofre.stream;
