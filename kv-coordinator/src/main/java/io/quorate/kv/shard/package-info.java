/**
 * Which group owns which keys: {@link io.quorate.kv.shard.Shard} gives a span of routes to a group,
 * an immutable versioned {@link io.quorate.kv.shard.RouteTable} gives every route to exactly one,
 * and {@link io.quorate.kv.shard.ShardRouter} holds the newest table. Sees {@code kv}.
 */
@NullMarked
package io.quorate.kv.shard;

import org.jspecify.annotations.NullMarked;
