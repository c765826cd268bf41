/** The key-value service over gRPC. */
@NullMarked
package io.quorate.kv.peer.service;

import org.jspecify.annotations.NullMarked;
