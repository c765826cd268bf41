/**
 * The only room with DynamoDB's error codes: which there are, and which one the store's failures
 * become.
 */
@NullMarked
package io.quorate.dynamodb.error;

import org.jspecify.annotations.NullMarked;
