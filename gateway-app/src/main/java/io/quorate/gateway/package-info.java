/**
 * The server process: everything between the command line and the protocols' adapters. Rooms:
 * {@code cli} (what a person meets), {@code config} (what the server was told), {@code listener}
 * (sockets), {@code filter} (what every request passes), {@code deadline}, {@code health}, {@code identity}
 * (callers of the key-value service), {@code management},
 * {@code metrics}, {@code training} (the run that fills the start-up cache) and {@code wiring}, the
 * only one with Spring's beans.
 */
@NullMarked
package io.quorate.gateway;

import org.jspecify.annotations.NullMarked;
