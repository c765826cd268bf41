/**
 * The layout of the adapter's keys, and nothing else. The kinds 64 to 79 belong to DynamoDB. Forms
 * are on disk and fixed for ever.
 */
@NullMarked
package io.quorate.dynamodb.keyspace;

import org.jspecify.annotations.NullMarked;
