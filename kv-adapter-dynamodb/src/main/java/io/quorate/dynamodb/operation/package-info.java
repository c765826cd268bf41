/**
 * One class for each action of DynamoDB: a request record in, a result record out. Knows no HTTP and
 * no JSON.
 */
@NullMarked
package io.quorate.dynamodb.operation;

import org.jspecify.annotations.NullMarked;
