/**
 * Typed rows over the keyspaces: tables and items, read and written through {@code kv}'s ports, and
 * the handlers that run at leaders. What is stored carries a version byte.
 */
@NullMarked
package io.quorate.dynamodb.repository;

import org.jspecify.annotations.NullMarked;
