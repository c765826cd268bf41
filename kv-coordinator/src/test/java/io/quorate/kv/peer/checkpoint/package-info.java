/** Checkpoints on their way between nodes, over real connections. */
@NullMarked
package io.quorate.kv.peer.checkpoint;

import org.jspecify.annotations.NullMarked;
