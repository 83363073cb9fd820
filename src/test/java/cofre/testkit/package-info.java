/**
 * What tests of several rooms share.
 *
 * <p>Lives here: twins of the ports ({@link cofre.testkit.MemoryBackend}), things that go wrong as told
 * ({@link cofre.testkit.FaultyBackend}, {@link cofre.testkit.TornHttpServer}), time that moves as told, and the way to the
 * real programs.
 *
 * <p>May use: everything.
 *
 * <p>Must not: hold tests.
 */
package cofre.testkit;
