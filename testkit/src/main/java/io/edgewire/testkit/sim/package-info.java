/**
 * A network in memory: the same state machine of a connection as on real sockets, over wires that cut, delay, stall and
 * break as a seed says. {@link io.edgewire.testkit.sim.Simulation} runs a protocol through many seeds, alone
 * or under a whole server whose {@link io.edgewire.testkit.sim.World} is simulated, too;
 * {@link io.edgewire.testkit.sim.SimulatedNetwork} is one such network for a test that scripts it.
 */
@NullMarked
package io.edgewire.testkit.sim;

import org.jspecify.annotations.NullMarked;
