/**
 * The sockets: which event loops serve them, what bounds them, and the listeners beside the main
 * one. Knows Netty; nothing else here does.
 */
@NullMarked
package io.quorate.gateway.listener;

import org.jspecify.annotations.NullMarked;
