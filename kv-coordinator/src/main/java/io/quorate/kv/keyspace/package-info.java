/**
 * How keyspaces make keys: {@link io.quorate.kv.keyspace.RouteHash} says which route the owner of a
 * key has, {@link io.quorate.kv.keyspace.KeyEncoder} writes the stored form
 * {@code (kind, owner id, hash16, key...)} in the order of the FoundationDB tuple layer, and
 * {@link io.quorate.kv.keyspace.KeyReader} reads it back. Both forms are on disk and fixed for ever.
 * Sees {@code kv}.
 */
@NullMarked
package io.quorate.kv.keyspace;

import org.jspecify.annotations.NullMarked;
