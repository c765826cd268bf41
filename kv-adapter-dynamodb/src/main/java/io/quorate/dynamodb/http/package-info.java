/**
 * DynamoDB's JSON 1.0: the router, a decoder for each action's request, the encoder of results.
 * Items go straight between JSON and their stored form.
 */
@NullMarked
package io.quorate.dynamodb.http;

import org.jspecify.annotations.NullMarked;
