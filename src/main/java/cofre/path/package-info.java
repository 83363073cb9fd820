/**
 * File names as bytes.
 *
 * <p>Lives here: the values that name things on a file server. A {@link cofre.path.RawName} is one component exactly as
 * the directory holds it; a {@link cofre.path.RawPath} is a sequence of them; {@link cofre.path.Display} turns bytes into
 * text a terminal can show and back.
 *
 * <p>May use: the JDK.
 *
 * <p>Must not: turn a name into a {@code String} for anything but showing it to a person, or touch the file system.
 */
package cofre.path;
