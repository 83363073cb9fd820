/**
 * A tree of versions in memory, with faults as told.
 *
 * <p>Lives here: {@link cofre.testkit.versions.MemoryVersionTree} and what it is made of.
 *
 * <p>May use: everything.
 *
 * <p>Must not: hold tests.
 */
package cofre.testkit.versions;
