/** Bodies between nodes of one JVM over loopback. */
@NullMarked
package io.quorate.kv.peer.body;

import org.jspecify.annotations.NullMarked;
