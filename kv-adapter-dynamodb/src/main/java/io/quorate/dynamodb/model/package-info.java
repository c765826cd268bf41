/**
 * The words of the adapter: tables, keys, items in their stored form and numbers. Sees the JDK and
 * {@code kv}'s words; knows no JSON, no error code and no I/O.
 */
@NullMarked
package io.quorate.dynamodb.model;

import org.jspecify.annotations.NullMarked;
