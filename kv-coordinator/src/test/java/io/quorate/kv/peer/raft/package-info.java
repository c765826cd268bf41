/** Groups of one JVM over real connections. */
@NullMarked
package io.quorate.kv.peer.raft;

import org.jspecify.annotations.NullMarked;
