/** Requests between nodes over real connections. */
@NullMarked
package io.quorate.kv.peer.call;

import org.jspecify.annotations.NullMarked;
