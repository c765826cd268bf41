/**
 * A node put together from the rooms, without Spring: {@link io.quorate.kv.node.Node} opens the data
 * directory, recovers the log, opens the state, restores the group and serves; in-process tests and
 * the server use the same class. Sees every room of the coordinator.
 */
@NullMarked
package io.quorate.kv.node;

import org.jspecify.annotations.NullMarked;
