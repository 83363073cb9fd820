/**
 * The recovery sheet: what is printed and put into a safe, so that a stranger gets the files back with restic alone.
 *
 * <p>Words: the <em>sheet</em> is a text of plain lines, some of which are commands for a shell, marked by {@code $}. The
 * <em>code</em> is the key file once more, as a QR code.
 *
 * <p>Lives here: {@link cofre.sheet.RecoverySheet}, the text; {@link cofre.sheet.KeyCode}, the code; the two kinds of file
 * they can be printed from, written by hand, as the JDK's own image classes are not in every headless Java and would be the
 * slowest part of the program.
 *
 * <p>May use: format (hashes), qrcodegen.
 *
 * <p>Must not: open a repository or read a password: it is told.
 */
package cofre.sheet;
