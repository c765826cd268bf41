/**
 * The run from which the JVM's start-up cache is made: the server asks itself what a first client
 * would ask, so that the classes of that path are in the cache.
 */
@NullMarked
package io.quorate.gateway.training;

import org.jspecify.annotations.NullMarked;
