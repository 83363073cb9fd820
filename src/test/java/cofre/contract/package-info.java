/**
 * What every implementation of a port has to do, twins and real programs alike.
 *
 * <p>Lives here: one abstract test class per port, and its subclasses for the implementations.
 *
 * <p>May use: everything.
 *
 * <p>Must not: test what only one implementation promises; that is next to it.
 */
package cofre.contract;
