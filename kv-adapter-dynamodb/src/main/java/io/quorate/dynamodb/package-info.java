/**
 * Amazon DynamoDB as an application of the store. Six rooms: {@code http} decodes and encodes,
 * {@code operation} does one action each, {@code model} holds the words, {@code keyspace} the layout
 * of keys, {@code repository} the typed rows, {@code error} the error codes. This package puts them
 * together.
 */
@NullMarked
package io.quorate.dynamodb;

import org.jspecify.annotations.NullMarked;
