/** Nodes of one JVM that talk to each other over loopback, and what they must and must not do. */
@NullMarked
package io.quorate.kv.peer;

import org.jspecify.annotations.NullMarked;
