/**
 * The map of rooms, held by tests.
 *
 * <p>Words: a <em>room</em> is a package of the main code, named without its {@code cofre.}; an <em>edge</em> is one room's
 * use of another; a <em>wall</em> is an edge that must never be.
 *
 * <p>The map is the first sentence after "May use" in each room's package-info: there it is read by people, and by {@link
 * cofre.arch.RoomMap}. docs/design.md holds it a second time as a table, which a test compares.
 */
package cofre.arch;
